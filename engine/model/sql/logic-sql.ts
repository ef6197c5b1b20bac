import { isList, type TypedRule } from '../../../metadata/rules/types.ts'
import { type Fragment, isNull, loose, type OperatorSql, type SqlWriter, strict } from './fragment.ts'

/** `and`, `or`, `!`, `!!`, `if`. */
export const logicSql = {
  and: (args, writer) => joined(args, writer, ' AND '),
  or: (args, writer) => joined(args, writer, ' OR '),
  '!!': ([part], writer) => truth(part!, writer),
  '!': ([part], writer) => {
    const { sql, loose: mayBeNull } = truth(part!, writer)
    return strict(mayBeNull ? `(${sql}) IS NOT TRUE` : `NOT (${sql})`)
  },
  if: writeBranches,
  coalesce: (args, writer) => {
    const values = args.filter((part) => !isNull(part)).map((part) => writer.value(part))
    const sql = `COALESCE(${values.map((value) => value.sql).join(', ')})`
    return { sql, sqlType: sharedType(values), notNull: values.some((value) => value.notNull) }
  },
} satisfies Readonly<Record<string, OperatorSql>>

function joined(args: readonly TypedRule[], writer: SqlWriter, operator: string): Fragment {
  if (args.length === 1) return loose(writer.condition(args[0]!))
  return loose(`(${args.map((part) => writer.condition(part)).join(operator)})`)
}

/** JSON Logic's truth: false, null, 0, an empty text and an empty list are not true. */
function truth(part: TypedRule, writer: SqlWriter): Fragment {
  if (isNull(part)) return strict('false')
  if (part.type === 'boolean') return loose(writer.condition(part))
  const { sql } = writer.value(part)
  if (part.type === 'number') return loose(`${sql} <> 0`)
  if (part.type === 'text') return loose(`${sql} <> ''`)
  if (isList(part.type)) return loose(`cardinality(${sql}) > 0`)
  return strict(`${sql} IS NOT NULL`)
}

function writeBranches(args: readonly TypedRule[], writer: SqlWriter): Fragment {
  const cases: string[] = []
  const values: Fragment[] = []
  const write = (part: TypedRule) => {
    const value = writer.value(part)
    if (!isNull(part)) values.push(value)
    return value.sql
  }
  for (let index = 0; index + 1 < args.length; index += 2) {
    cases.push(`WHEN ${writer.condition(args[index]!)} THEN ${write(args[index + 1]!)}`)
  }
  const last = args.length % 2 === 1 ? args.at(-1) : undefined
  const otherwise = last === undefined ? '' : ` ELSE ${write(last)}`
  return { sql: `CASE ${cases.join(' ')}${otherwise} END`, sqlType: sharedType(values), notNull: false }
}

function sharedType(values: readonly Fragment[]): string {
  const types = new Set(values.map((value) => value.sqlType))
  if (types.size === 1) return values[0]!.sqlType
  // Whole numbers of different widths meet in numeric.
  return types.has('numeric') || isInteger(types) ? 'numeric' : values[0]!.sqlType
}

function isInteger(types: ReadonlySet<string>): boolean {
  return [...types].every((type) => type === 'smallint' || type === 'integer' || type === 'bigint')
}
