import type { TypedRule } from '../../../metadata/rules/types.ts'
import { type Fragment, isNull, type OperatorSql, type SqlWriter } from './fragment.ts'

/** `+`, `-`, `*`, `/`, `%`, all in numeric, which is exact. */
export const arithmeticSql = {
  '+': (args, writer) => joined(args, writer, ' + '),
  '*': (args, writer) => joined(args, writer, ' * '),
  '-': (args, writer) => {
    if (args.length === 2) return joined(args, writer, ' - ')
    const { sql, notNull } = numeric(args[0]!, writer)
    return { sql: `(- ${sql})`, sqlType: 'numeric', notNull }
  },
  '/': divide,
  '%': (args, writer) => {
    const [a, b] = args.map((part) => numeric(part, writer))
    return { sql: `(${a!.sql} % NULLIF(${b!.sql}, 0))`, sqlType: 'numeric', notNull: false }
  },
} satisfies Readonly<Record<string, OperatorSql>>

function joined(args: readonly TypedRule[], writer: SqlWriter, operator: string): Fragment {
  const parts = args.map((part) => numeric(part, writer))
  return {
    sql: `(${parts.map((part) => part.sql).join(operator)})`,
    sqlType: 'numeric',
    notNull: parts.every((part) => part.notNull),
  }
}

/**
 * A quotient to ten decimals, halves away from zero; NULL by zero.
 * @param below written once
 */
// div() cuts an exact quotient after its eleventh decimal, and whether to round up at the tenth hangs on that digit
// alone. A plain `/` would round twice: first to a scale that it chooses itself.
export function quotient(above: string, below: string): string {
  return `round(div(${above} * 100000000000, NULLIF(${below}, 0)) * 0.00000000001, 10)`
}

function divide(args: readonly TypedRule[], writer: SqlWriter): Fragment {
  const [a, b] = args.map((part) => numeric(part, writer))
  return { sql: quotient(a!.sql, b!.sql), sqlType: 'numeric', notNull: false }
}

/** A part as numeric, whatever whole number its column holds. */
export function numeric(part: TypedRule, writer: SqlWriter): Fragment {
  if (isNull(part)) return { sql: 'NULL::numeric', sqlType: 'numeric', notNull: false }
  const value = writer.value(part)
  if (value.sqlType.startsWith('numeric')) return value
  return { sql: `(${value.sql})::numeric`, sqlType: 'numeric', notNull: value.notNull }
}
