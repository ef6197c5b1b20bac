import type { Access } from '../access/access.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { mainType } from '../model/sql/field-value.ts'
import type { RequestContext } from './context.ts'
import { type CursorKeys, decodeCursor, questionFingerprint } from './cursor.ts'
import { conditionSql, searchSql } from './filter.ts'
import { createParameters, type Parameters, type Plan, toPlan } from './parameters.ts'
import type { ListRequest, SortKey } from './parse-list.ts'
import { createRowSource, type RowSource } from './row-source.ts'
import { filterCondition } from './sealed-filter.ts'
import { columnsOf, rowJson, type SelectSource, selectSql } from './select.ts'
import { type SightWay, sightWays, wholeSight } from './sight-ways.ts'

/** A list ready to run. */
export interface ListPlan {
  readonly page: Plan
  readonly limit: number
  readonly fingerprint: string
  readonly keyCount: number
}

interface OrderKey {
  readonly sql: string
  readonly sqlType: string
  readonly descending: boolean
  readonly notNull: boolean
}

/**
 * Plans a list. The page is found first, with the joins that filter and sort need, and one row more to know
 * whether there is a next page; only its rows are turned into JSON and get the joins of expansion. One row comes
 * back: the page as one text, and the sort keys of its last record.
 * @param byMember whether a team's records are looked for member by member: right for teams of few
 * @param through what is gone through where one condition says which rows are in sight
 * @throws AppError for a filter that does not type-check or a cursor of another question
 */
export function planList(
  context: RequestContext,
  entity: CompiledEntity,
  request: ListRequest,
  byMember = false,
  through: Through = 'order',
): ListPlan {
  const parameters = createParameters()
  const source: SelectSource = { model: context.model, access: context.access, parameters }
  const rows = createRowSource(source, entity, 't')
  const ways = sightWays(source, entity, 't', request.isBin, byMember)
  const where = askedOf(context, source, entity, request, rows)
  const keys = orderKeys(entity, request.sort, rows)
  const fingerprint = fingerprintOf(entity, request)
  if (request.after !== undefined) {
    where.push(afterSql(keys, decodeCursor(request.after, fingerprint, keys.length), parameters))
  }
  const columns = [...columnsOf(context.access, entity, request.selection)].map((column) => `t.${column}`)
  const keyItems = keys.map((key, index) => `${key.sql} AS k${index}`)
  // The limit stands in the text: as a parameter the planner would guess a tenth of the table.
  const found = ({ sight }: SightWay) =>
    `${keyItems.join(', ')} FROM ${rows.from()} WHERE ${[sight, ...where].join(' AND ')} ` +
    `ORDER BY ${keys.map((key) => orderSql(key, key.sql)).join(', ')} LIMIT ${request.limit + 1}`
  const isPlain = ways.length === 1 && ways[0]!.members === undefined
  const inner = isPlain
    ? THROUGH[through]({
        table: entity.table,
        columns,
        keyItems,
        keys,
        rows,
        where,
        ...ways[0]!,
        limit: request.limit,
      })
    : mergedSql(ways, found, { table: entity.table, columns, keys, limit: request.limit })
  const select = selectSql(source, request.selection, 't')
  const names = keys.map((_, index) => `k${index}`)
  const shown =
    `SELECT t.n, row_to_json(r)::text AS j, ${names.map((name) => `t.${name}::text AS ${name}`).join(', ')} ` +
    `FROM (SELECT t.*, row_number() OVER () AS n FROM (${inner}) t) t ${select.joins.join(' ')} ${rowJson(select)}`
  const last = names.map((name) => `max(p.${name}) FILTER (WHERE p.n = ${request.limit}) AS ${name}`)
  const text =
    `SELECT string_agg(p.j, ',' ORDER BY p.n) FILTER (WHERE p.n <= ${request.limit}) AS j, ` +
    `max(p.n) > ${request.limit} AS more, ${last.join(', ')} FROM (${shown}) p`
  return { page: toPlan(text, parameters), limit: request.limit, fingerprint, keyCount: keys.length }
}

/**
 * How many rows a list has in all.
 * @param atMost stop counting there, so that a rough answer never costs a scan of the whole table
 */
export function planCount(
  context: RequestContext,
  entity: CompiledEntity,
  request: ListRequest,
  atMost: number | undefined,
): Plan {
  const { from, where, parameters } = planRows(context, entity, request)
  const limit = atMost === undefined ? '' : ` LIMIT ${parameters.add(atMost + 1, 'bigint')}`
  return toPlan(
    `SELECT count(*)::text AS n FROM (SELECT 1 FROM ${from} WHERE ${where}${limit}) x`,
    parameters,
  )
}

/** The rows of a list as FROM and WHERE, for counts and for bulk acts on all that a filter finds. */
export function planRows(
  context: RequestContext,
  entity: CompiledEntity,
  request: Pick<ListRequest, 'filter' | 'q' | 'isBin'>,
): { from: string; where: string; parameters: Parameters } {
  const parameters = createParameters()
  const source: SelectSource = { model: context.model, access: context.access, parameters }
  const rows = createRowSource(source, entity, 't')
  const sight = wholeSight(source, entity, 't', request.isBin)
  const where = [sight, ...askedOf(context, source, entity, request, rows)].join(' AND ')
  return { from: rows.from(), where, parameters }
}

/**
 * The ids of all rows of a list, in its order.
 * @param access what of the rows is seen: rights of an act that reach less far than reading
 */
export function planOrder(
  context: RequestContext,
  access: Access,
  entity: CompiledEntity,
  request: Pick<ListRequest, 'filter' | 'q' | 'isBin' | 'sort'>,
): Plan {
  const parameters = createParameters()
  const source: SelectSource = { model: context.model, access, parameters }
  const rows = createRowSource(source, entity, 't')
  const sight = wholeSight(source, entity, 't', request.isBin)
  const where = [sight, ...askedOf(context, source, entity, request, rows)]
  const order = orderKeys(entity, request.sort, rows).map((key) => orderSql(key, key.sql))
  const text = `SELECT t."id"::text AS id FROM ${rows.from()} WHERE ${where.join(' AND ')} ORDER BY ${order.join(', ')}`
  return toPlan(text, parameters)
}

/**
 * What a list goes through to find its page: the rows in their order, until enough of them answer; all rows that answer,
 * by the index of what is asked; the newest rows alone, in their order.
 */
export type Through = 'order' | 'answers' | 'newest'

/** Rows that are looked at where only the newest are: they lie side by side, and cost no more than 4,000 from everywhere. */
const NEWEST_ROWS = 20_000

interface Single extends SightWay {
  readonly table: string
  readonly columns: readonly string[]
  readonly keyItems: readonly string[]
  readonly keys: readonly OrderKey[]
  readonly rows: RowSource
  readonly where: readonly string[]
  readonly limit: number
}

const THROUGH: { readonly [K in Through]: (single: Single) => string } = {
  order: ({ columns, keyItems, keys, rows, sight, where, limit }) =>
    `SELECT ${[...columns, ...keyItems].join(', ')} FROM ${rows.from()} WHERE ${[sight, ...where].join(' AND ')} ` +
    `ORDER BY ${keys.map((key) => orderSql(key, key.sql)).join(', ')} LIMIT ${limit + 1}`,
  // OFFSET 0 keeps the limit from the planner: it would go through the rows in their order in the hope of soon having met
  // enough, and through all of them for a word that stands in none.
  answers: ({ columns, keyItems, keys, rows, sight, where, limit }) =>
    `SELECT t.* FROM (SELECT ${[...columns, ...keyItems].join(', ')} FROM ${rows.from()} ` +
    `WHERE ${[sight, ...where].join(' AND ')} OFFSET 0) t ` +
    `ORDER BY ${keys.map((key, index) => orderSql(key, `t.k${index}`)).join(', ')} LIMIT ${limit + 1}`,
  newest: ({ table, columns, keyItems, keys, rows, sight, where, limit }) => {
    const newest = `(SELECT t.* FROM ${table} t WHERE ${sight} ORDER BY t."created_at" DESC, t."id" DESC LIMIT ${NEWEST_ROWS})`
    return (
      `SELECT ${[...columns, ...keyItems].join(', ')} FROM ${rows.from(newest)} WHERE ${where.join(' AND ')} ` +
      `ORDER BY ${keys.map((key) => orderSql(key, key.sql)).join(', ')} LIMIT ${limit + 1}`
    )
  },
}

interface Merged {
  readonly table: string
  readonly columns: readonly string[]
  readonly keys: readonly OrderKey[]
  readonly limit: number
}

/**
 * The first records that each way finds, those of a team member by member, and of those the first of all. Only ids and
 * sort keys are looked for, which an index over owner and time gives alone; the rows themselves are fetched for the
 * page. What comes by several ways comes once.
 */
function mergedSql(
  ways: readonly SightWay[],
  found: (way: SightWay) => string,
  { table, columns, keys, limit }: Merged,
): string {
  const order = keys.map((key, index) => orderSql(key, `f.k${index}`)).join(', ')
  const names = keys.map((_, index) => `f.k${index}`)
  const firsts = ways.map((way) => {
    const each = `SELECT t."id" AS row_id, ${found(way)}`
    if (way.members === undefined) return each
    return `SELECT f.* FROM (${way.members}) m(id) CROSS JOIN LATERAL (${each}) f ORDER BY ${order} LIMIT ${limit + 1}`
  })
  const all = firsts.map((first) => `(${first})`).join(' UNION ')
  const first =
    ways.length === 1 ? firsts[0]! : `SELECT f.* FROM (${all}) f ORDER BY ${order} LIMIT ${limit + 1}`
  return (
    `SELECT ${[...columns, ...names].join(', ')} FROM (${first}) f ` +
    `JOIN ${table} t ON t."id" = f.row_id ORDER BY ${order}`
  )
}

/** What the question itself asks of the rows. */
function askedOf(
  context: RequestContext,
  source: SelectSource,
  entity: CompiledEntity,
  request: Pick<ListRequest, 'filter' | 'q' | 'isBin'>,
  rows: RowSource,
): string[] {
  const where: string[] = []
  const filter = filterCondition(context, entity, request.filter)
  if (filter !== undefined) where.push(conditionSql(filter, rows, source.parameters))
  if (request.q !== undefined) where.push(searchSql(request.q, context.search, source, entity, 't'))
  return where
}

/** What a list's cursors belong to. */
export function fingerprintOf(
  entity: CompiledEntity,
  { filter, q, isBin, sort }: Pick<ListRequest, 'filter' | 'q' | 'isBin' | 'sort'>,
): string {
  return questionFingerprint([entity.id, filter, q, isBin, sortText(sort)])
}

function sortText(sort: readonly SortKey[]): string {
  return sort.map((key) => (key.descending ? '-' : '') + key.path).join(',')
}

/** The keys in order; newest first where none is asked for, the id last so that no two rows tie. */
function orderKeys(entity: CompiledEntity, sort: readonly SortKey[], rows: RowSource): readonly OrderKey[] {
  const asked = sort.length > 0 ? sort : [defaultSort(entity)]
  const keys = asked.map((key): OrderKey => {
    const field = key.field
    return {
      sql: rows.column(key.path),
      sqlType: mainType(field),
      descending: key.descending,
      notNull: rows.isNeverNull(key.path),
    }
  })
  if (asked.some((key) => key.path === 'id')) return keys
  return [...keys, { sql: 't."id"', sqlType: 'uuid', descending: keys.at(-1)!.descending, notNull: true }]
}

function defaultSort(entity: CompiledEntity): SortKey {
  return { path: 'created_at', descending: true, field: entity.fields.get('created_at')! }
}

function orderSql(key: OrderKey, sql: string): string {
  if (!key.descending) return `${sql} ASC` // NULLS LAST is what ascending means to PostgreSQL
  return key.notNull ? `${sql} DESC` : `${sql} DESC NULLS LAST`
}

/**
 * The rows behind a cursor, in the order of the keys, nulls last in both directions. Where no key can be null
 * and all run the same way it is one row comparison, which an index answers directly.
 */
function afterSql(keys: readonly OrderKey[], values: CursorKeys, parameters: Parameters): string {
  const places = keys.map((key, index) =>
    values[index] === null ? undefined : parameters.add(values[index], key.sqlType),
  )
  const isUniform = keys.every((key) => key.notNull && key.descending === keys[0]!.descending)
  if (isUniform) {
    const left = keys.map((key) => key.sql).join(', ')
    return `(${left}) ${keys[0]!.descending ? '<' : '>'} (${places.join(', ')})`
  }
  const branches = keys.map((key, index) => {
    const ties = keys.slice(0, index).map((tie, at) => equalSql(tie, places[at]))
    return [...ties, behindSql(key, places[index])].join(' AND ')
  })
  return `(${branches.map((branch) => `(${branch})`).join(' OR ')})`
}

function equalSql(key: OrderKey, place: string | undefined): string {
  return place === undefined ? `${key.sql} IS NULL` : `${key.sql} = ${place}`
}

function behindSql(key: OrderKey, place: string | undefined): string {
  if (place === undefined) return 'false'
  const beyond = `${key.sql} ${key.descending ? '<' : '>'} ${place}`
  return key.notNull ? beyond : `(${beyond} OR ${key.sql} IS NULL)`
}
