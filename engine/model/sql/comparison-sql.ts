import type { TypedRule } from '../../../metadata/rules/types.ts'
import { containsExactly, holdsItem } from './containment-sql.ts'
import { compareDay, isDayComparison } from './day-sql.ts'
import { type Fragment, isNull, loose, type OperatorSql, type SqlWriter, strict } from './fragment.ts'
import { rewriteDaysSince } from './rewrite-days-since.ts'

type Ordering = '<' | '<=' | '>' | '>='

/** `==`, `!=`, the orderings, `in`. */
export const comparisonSql: Readonly<Record<string, OperatorSql>> = {
  '==': (args, writer) => equality(args, writer, true),
  '!=': (args, writer) => equality(args, writer, false),
  '<': (args, writer) => ordering('<', args, writer),
  '<=': (args, writer) => ordering('<=', args, writer),
  '>': (args, writer) => ordering('>', args, writer),
  '>=': (args, writer) => ordering('>=', args, writer),
  in: ([needle, where], writer) => writeIn(needle!, where!, writer),
}

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
  if (args.length === 2) return pair(operator, args[0]!, args[1]!, writer)
  const first = pair(operator, args[0]!, args[1]!, writer)
  const second = pair(operator, args[1]!, args[2]!, writer)
  return loose(`(${first.sql} AND ${second.sql})`)
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
  const isNullToo = where.holdsNull ? [`${value.sql} IS NULL`] : []
  const isListed = where.values.length === 0 ? [] : [`${value.sql} = ANY(${writer.value(where, value).sql})`]
  const tests = [...isListed, ...isNullToo]
  return tests.length === 1 ? loose(tests[0]!) : loose(`(${tests.join(' OR ')})`)
}
