import type { Executor, Statement } from '../db/database.ts'
import { quoteName } from '../db/values.ts'
import type { PhysicalMap } from './compiled.ts'
import type { CountQuery } from './steps.ts'

/** Where and how to count. */
export interface CountSource {
  /** Quoted. */
  readonly schema: string
  readonly physical: PhysicalMap
  /** Records after which it does not matter any more; absent: count all. */
  readonly upTo?: number
}

/** How many live records a query means; 0 where there is no table or column for them. */
export async function countRecords(db: Executor, query: CountQuery, source: CountSource): Promise<number> {
  const statement = countSql(query, source)
  if (statement === undefined) return 0
  const { rows } = await db.query<{ count: string }>(statement)
  return Number(rows[0]?.count ?? 0)
}

/** Adds a value to a statement. @returns its placeholder, cast to its SQL type */
export type AddValue = (value: unknown, sqlType: string) => string

/** The records that a query means, for a statement of one's own: the rows of `from`, as `t`, of which `where` holds. */
export interface MeantRows {
  readonly from: string
  readonly where: string
  /** Brings those together that share their values; absent where they need not. */
  readonly order?: string
}

/** Exactly the records that the count of the same query counts; undefined where there is no table or column for them. */
export function meantRows(
  query: CountQuery,
  source: Omit<CountSource, 'upTo'>,
  add: AddValue,
): MeantRows | undefined {
  const table = tableOf(query, source)
  if (table === undefined) return undefined
  const from = `${table} t`
  if (query.where !== 'duplicates') {
    const condition = conditionOf(query, source, add)
    return condition === undefined ? undefined : { from, where: `t."deleted_at" IS NULL AND ${condition}` }
  }
  const columns = columnsOf(query, source)
  if (columns === undefined) return undefined
  const order = columns.join(', ')
  const shared = `SELECT ${order} FROM ${from} ${sharing(columns)}`
  return { from, where: `t."deleted_at" IS NULL AND (${order}) IN (${shared})`, order }
}

function countSql(query: CountQuery, source: CountSource): Statement | undefined {
  const table = tableOf(query, source)
  if (table === undefined) return undefined
  const limit = source.upTo === undefined ? '' : ` LIMIT ${source.upTo}`
  if (query.where === 'duplicates') {
    const columns = columnsOf(query, source)
    if (columns === undefined) return undefined
    const shared = `SELECT count(*) AS n FROM ${table} t ${sharing(columns)}${limit}`
    return { text: `SELECT coalesce(sum(n), 0) AS count FROM (${shared}) d` }
  }
  const values: unknown[] = []
  const add: AddValue = (value, sqlType) => `$${values.push(value)}::${sqlType}`
  const condition = conditionOf(query, source, add)
  if (condition === undefined) return undefined
  return {
    text: `SELECT count(*) FROM (SELECT FROM ${table} t WHERE t."deleted_at" IS NULL AND ${condition}${limit}) c`,
    values,
  }
}

function tableOf({ entity }: CountQuery, { schema, physical }: CountSource): string | undefined {
  const place = physical.get(entity.id)
  return place === undefined ? undefined : `${schema}.${quoteName(place.table)}`
}

function conditionOf(
  query: Exclude<CountQuery, { where: 'duplicates' }>,
  source: CountSource,
  add: AddValue,
): string | undefined {
  if (query.where === 'all') return 'true'
  const place = placeOf(query.entity.id, query.field.id, source)
  if (place === undefined) return undefined
  if (place.link !== undefined) return linkCondition(query.where, place.link)
  const column = `t.${place.column}`
  switch (query.where) {
    case 'notNull':
      return `${column} IS NOT NULL`
    case 'null':
      return `${column} IS NULL`
    case 'option':
      // A list's column has text as its elements' type, a single value is text itself: one form fits both.
      return `to_jsonb(${column}) ?| ${add(query.values, 'text[]')}`
    case 'longer':
      return `char_length(${column}) > ${add(query.limit, 'int')}`
    case 'outOfRange': {
      const [min, max] = [query.min ?? null, query.max ?? null]
      return `(${column} < ${add(min, 'numeric')} OR ${column} > ${add(max, 'numeric')})`
    }
    case 'pointsTo': {
      const targets = query.targets.map((target) => target.id)
      return `t.${place.second} = ANY(${add(targets, 'text[]')})`
    }
  }
}

/** The pairs of a many-to-many field. */
function linkCondition(where: CountQuery['where'], link: string): string | undefined {
  const exists = `EXISTS (SELECT FROM ${link} l WHERE l."record" = t."id")`
  if (where === 'notNull') return exists
  return where === 'null' ? `NOT ${exists}` : undefined
}

interface Place {
  /** Quoted; of two columns the first. */
  readonly column: string
  readonly second: string
  /** Qualified and quoted. */
  readonly link: string | undefined
}

/** System fields have their names as ids, and their columns are called the same. */
function placeOf(entityId: string, fieldId: string, { physical, schema }: CountSource): Place | undefined {
  const field = physical.get(entityId)?.fields.get(fieldId)
  if (field?.linkTable !== undefined) {
    return { column: '', second: '', link: `${schema}.${quoteName(field.linkTable)}` }
  }
  const [first = undefined, second = first] = field?.columns ?? (fieldId.includes('-') ? [] : [fieldId])
  if (first === undefined || second === undefined) return undefined
  return { column: quoteName(first), second: quoteName(second), link: undefined }
}

/** Undefined where one of the fields has no column. */
function columnsOf(
  query: Extract<CountQuery, { where: 'duplicates' }>,
  source: CountSource,
): readonly string[] | undefined {
  const places = query.fields.map((field) => placeOf(query.entity.id, field.id, source))
  const columns = places.flatMap((place) => (place === undefined ? [] : [`t.${place.column}`]))
  return columns.length < places.length ? undefined : columns
}

/**
 * Of the live rows of `t` those values that several share. Nulls are never the same, as in the unique index that the count
 * foretells.
 */
function sharing(columns: readonly string[]): string {
  const filled = columns.map((column) => `${column} IS NOT NULL`).join(' AND ')
  return `WHERE t."deleted_at" IS NULL AND ${filled} GROUP BY ${columns.join(', ')} HAVING count(*) > 1`
}
