import { optionsFrom } from '../../../metadata/rules/operators/comparison.ts'
import type { TypedRule } from '../../../metadata/rules/types.ts'
import { containsExactly, holdsItem } from './containment-sql.ts'
import { compareDay, isDayComparison } from './day-sql.ts'
import {
  type Fragment,
  isNull,
  isPlain,
  loose,
  ONCE,
  type OperatorSql,
  once,
  type SqlWriter,
  strict,
  withKnown,
} from './fragment.ts'
import { rewriteDaysSince } from './rewrite-days-since.ts'

type Ordering = '<' | '<=' | '>' | '>='

/** `==`, `!=`, the orderings, `in`. */
export const comparisonSql = {
  '==': (args, writer) => equality(args, writer, true),
  '!=': (args, writer) => equality(args, writer, false),
  '<': (args, writer) => ordering('<', args, writer),
  '<=': (args, writer) => ordering('<=', args, writer),
  '>': (args, writer) => ordering('>', args, writer),
  '>=': (args, writer) => ordering('>=', args, writer),
  in: ([needle, where], writer) => writeIn(needle!, where!, writer),
  reaches: (args, writer) => {
    if (isNull(args[0])) return strict('false')
    const options = writer.target.parameter(optionsFrom(args), 'text[]')
    return loose(`${writer.value(args[0]!).sql} = ANY(${options})`)
  },
} satisfies Readonly<Record<string, OperatorSql>>

function equality(args: readonly TypedRule[], writer: SqlWriter, equal: boolean): Fragment {
  const [left, right] = rewriteDaysSince('==', args).arguments
  if (isNull(left) || isNull(right)) return nullTest(isNull(left) ? right! : left!, writer, equal)
  if (isDayComparison(left!, right!)) return compareDay(equal ? '==' : '!=', left!, right!, writer)
  const [a, b] = both(left!, right!, writer)
  if (!equal)
    return strict(a.notNull && b.notNull ? `${a.sql} <> ${b.sql}` : `${a.sql} IS DISTINCT FROM ${b.sql}`)
  // With one side never null, NULL comes out only where the other is null, where the rule is false.
  if (a.notNull && b.notNull) return strict(`${a.sql} = ${b.sql}`)
  if (a.notNull || b.notNull) return loose(`${a.sql} = ${b.sql}`)
  return strict(`${a.sql} IS NOT DISTINCT FROM ${b.sql}`)
}

function nullTest(part: TypedRule, writer: SqlWriter, equal: boolean): Fragment {
  if (isNull(part)) return strict(String(equal))
  return strict(`${writer.value(part).sql} IS ${equal ? '' : 'NOT '}NULL`)
}

/** Both sides as values; a literal is typed after the other side. */
function both(left: TypedRule, right: TypedRule, writer: SqlWriter): readonly [Fragment, Fragment] {
  if (left.kind === 'literal') {
    const b = writer.value(right)
    return [writer.value(left, b), b]
  }
  const a = writer.value(left)
  return [a, writer.value(right, a)]
}

function ordering(operator: Ordering, args: readonly TypedRule[], writer: SqlWriter): Fragment {
  const [low, middle, high] = args
  if (high === undefined) return pair(operator, low!, middle!, writer)
  const chain = (within: SqlWriter) =>
    `(${pair(operator, low!, middle!, within).sql} AND ${pair(operator, middle!, high, within).sql})`
  if (isPlain(middle!) || isDaysOfField(middle!)) return loose(chain(writer))
  const value = writer.value(middle!)
  return loose(once(value.sql, chain(withKnown(writer, middle!, { ...value, sql: ONCE }))))
}

/** `days_since` of a plain field, which is rewritten to the field itself. */
function isDaysOfField(part: TypedRule): boolean {
  return part.kind === 'call' && part.operator === 'days_since' && isPlain(part.arguments[0]!)
}

function pair(written: Ordering, one: TypedRule, other: TypedRule, writer: SqlWriter): Fragment {
  if (isNull(one) || isNull(other)) return strict('false')
  const {
    operator,
    arguments: [left, right],
  } = rewriteDaysSince(written, [one, other])
  if (isDayComparison(left!, right!)) return compareDay(operator as Ordering, left!, right!, writer)
  const [a, b] = both(left!, right!, writer)
  // By code point whatever the database's locale is; the columns have this collation, so their indexes fit.
  const collation = left!.type === 'text' ? ' COLLATE "C"' : ''
  const sql = `${a.sql} ${operator} ${b.sql}${collation}`
  return a.notNull && b.notNull ? strict(sql) : loose(sql)
}

function writeIn(needle: TypedRule, where: TypedRule, writer: SqlWriter): Fragment {
  if (where.kind !== 'list') {
    return where.type === 'text' ? containsExactly(where, needle, writer) : holdsItem(where, needle, writer)
  }
  if (isNull(needle)) return strict(String(where.holdsNull))
  if (where.values.length === 0 && !where.holdsNull) return strict('false')
  const value = writer.value(needle)
  if (where.values.length === 0) return strict(`${value.sql} IS NULL`)
  const isListed = `${value.sql} = ANY(${writer.value(where, value).sql})`
  if (!where.holdsNull) return loose(isListed)
  // The list itself holds no null, so only a null value makes the test null.
  return isPlain(needle)
    ? loose(`(${isListed} OR ${value.sql} IS NULL)`)
    : strict(`COALESCE(${isListed}, true)`)
}
