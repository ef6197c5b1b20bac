import { ITEM_TYPES, isPlainList, type TypedRule } from '../../../metadata/rules/types.ts'
import { quotient } from './arithmetic-sql.ts'
import { type Fragment, isNull, type OperatorSql, SQL_TYPES, type SqlWriter, strict } from './fragment.ts'
import type { ColumnSql, SqlTarget } from './sql-target.ts'

/** `some`, `all`, `none`, `filter`, `map`, and what is counted and summed of lists. */
export const relationSql = {
  some: ([list, body], writer) => quantified(list!, body!, writer, 'EXISTS', (condition) => condition),
  none: ([list, body], writer) => quantified(list!, body!, writer, 'NOT EXISTS', (condition) => condition),
  all: ([list, body], writer) =>
    quantified(list!, body!, writer, 'NOT EXISTS', (condition) => `(${condition}) IS NOT TRUE`),
  filter: (_args, _writer) => unwritten(),
  map: (_args, _writer) => unwritten(),
  count: ([list], writer) => {
    if (isNull(list)) return { sql: '0::bigint', sqlType: 'bigint', notNull: true }
    return { sql: `(SELECT count(*) ${tail(rowsOf(list!, writer))})`, sqlType: 'bigint', notNull: true }
  },
  sum: ([list], writer) => ({
    ...aggregate(list!, writer, (value) => `COALESCE(sum(${value}::numeric), 0)`),
    sqlType: 'numeric',
    notNull: true,
  }),
  average: ([list], writer) => ({
    ...aggregate(list!, writer, (value) => quotient(`sum(${value}::numeric)`, `count(${value})`)),
    sqlType: 'numeric',
  }),
  first: ([list], writer) => end(list!, writer, ''),
  last: ([list], writer) => end(list!, writer, ' DESC'),
} satisfies Readonly<Record<string, OperatorSql>>

/** A list as the rows of a subquery. */
interface ListRows {
  from(): string
  readonly where: readonly string[]
  readonly order: readonly string[]
  /** One item: a value, or the id of a record. */
  readonly value: ColumnSql
  /** What bare names mean within the list. */
  readonly target: SqlTarget
}

// A computed list has no SQL of its own as an operator: its rows are written into what is made of it.
function unwritten(): Fragment {
  throw new Error('a list is written by what it stands in')
}

function rowsOf(list: TypedRule, writer: SqlWriter): ListRows {
  if (list.kind === 'call' && (list.operator === 'filter' || list.operator === 'map')) {
    const [source, body] = list.arguments
    const rows = rowsOf(source!, writer)
    const within = writer.over(rows.target)
    if (list.operator === 'filter') return { ...rows, where: [...rows.where, `(${within.condition(body!)})`] }
    const type = isPlainList(list.type) ? SQL_TYPES[ITEM_TYPES[list.type]] : 'text'
    const value = isNull(body) ? { sql: `NULL::${type}`, sqlType: type } : within.value(body!)
    return { ...rows, value, target: itemTarget(writer.target, value) }
  }
  if (list.kind === 'path' && list.type === 'records') return recordRows(list.path, list.from, writer)
  return valueRows(list, writer)
}

function recordRows(path: readonly string[], from: string | undefined, writer: SqlWriter): ListRows {
  const target = from === 'record' ? (writer.target.record ?? writer.target) : writer.target
  const found = target.related?.(from === 'record' ? path.slice(1) : path, writer.alias())
  if (found === undefined) throw new Error(`"${path.join('.')}" cannot be read here`)
  const root = writer.target.record ?? writer.target
  const { item: _, related: _related, ...rest } = root
  return {
    from: found.from,
    where: [found.where],
    order: found.order,
    value: { sql: found.id, sqlType: 'uuid', notNull: true },
    target: { ...rest, column: found.column, record: root },
  }
}

function valueRows(list: TypedRule, writer: SqlWriter): ListRows {
  const alias = writer.alias()
  const { sql, sqlType } = writer.value(list)
  const value = { sql: `${alias}.v`, sqlType: sqlType.replace(/\[\]$/, '') }
  return {
    from: () => `unnest(${sql}) WITH ORDINALITY AS ${alias}(v, n)`,
    where: [],
    order: [`${alias}.n`],
    value,
    target: itemTarget(writer.target, value),
  }
}

function itemTarget(outer: SqlTarget, value: ColumnSql): SqlTarget {
  return { ...outer, item: () => value, record: outer.record ?? outer }
}

/** FROM and WHERE; last of all, when every column that joins something was asked for. */
function tail(rows: ListRows, further: readonly string[] = []): string {
  const where = [...rows.where, ...further]
  return `FROM ${rows.from()}${where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`}`
}

function quantified(
  list: TypedRule,
  body: TypedRule,
  writer: SqlWriter,
  exists: 'EXISTS' | 'NOT EXISTS',
  wanted: (condition: string) => string,
): Fragment {
  if (isNull(list)) return strict(String(exists === 'NOT EXISTS'))
  const rows = rowsOf(list, writer)
  const condition = writer.over(rows.target).condition(body)
  return strict(`${exists} (SELECT ${tail(rows, [`(${wanted(condition)})`])})`)
}

/** One value made of all items. */
export function aggregate(list: TypedRule, writer: SqlWriter, of: (value: string) => string): Fragment {
  if (isNull(list))
    return {
      sql: `(SELECT ${of('v')} FROM (SELECT NULL::numeric AS v WHERE false) e)`,
      sqlType: 'numeric',
      notNull: false,
    }
  const rows = rowsOf(list, writer)
  const { sql, sqlType } = rows.value
  // A value that looks at nothing but the outer row would make the aggregate one of the outer query.
  const alias = writer.alias()
  const values = `(SELECT ${sql} AS v ${tail(rows)} OFFSET 0) ${alias}`
  return { sql: `(SELECT ${of(`${alias}.v`)} FROM ${values})`, sqlType, notNull: false }
}

function end(list: TypedRule, writer: SqlWriter, direction: '' | ' DESC'): Fragment {
  if (isNull(list)) return { sql: 'NULL::text', sqlType: 'text', notNull: false }
  const rows = rowsOf(list, writer)
  const order = rows.order.map((key) => `${key}${direction}`).join(', ')
  return {
    sql: `(SELECT ${rows.value.sql} ${tail(rows)} ORDER BY ${order} LIMIT 1)`,
    sqlType: rows.value.sqlType,
    notNull: false,
  }
}

/** A list as an array. */
export function writeListValue(list: TypedRule, writer: SqlWriter): Fragment {
  const rows = rowsOf(list, writer)
  const { sql, sqlType } = rows.value
  const order = rows.order.join(', ')
  return {
    sql: `ARRAY(SELECT ${sql} ${tail(rows)} ORDER BY ${order})`,
    sqlType: `${sqlType}[]`,
    notNull: true,
  }
}
