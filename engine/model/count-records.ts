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

type Condition = { readonly sql: string; readonly values: readonly unknown[] }

function countSql(query: CountQuery, source: CountSource): Statement | undefined {
  const entity = source.physical.get(query.entity.id)
  if (entity === undefined) return undefined
  const table = `${source.schema}.${quoteName(entity.table)}`
  if (query.where === 'duplicates') return duplicatesSql(query, source, table)
  const condition = conditionOf(query, source)
  if (condition === undefined) return undefined
  const limit = source.upTo === undefined ? '' : ` LIMIT ${source.upTo}`
  return {
    text: `SELECT count(*) FROM (SELECT FROM ${table} t WHERE t."deleted_at" IS NULL AND ${condition.sql}${limit}) c`,
    values: condition.values,
  }
}

function conditionOf(
  query: Exclude<CountQuery, { where: 'duplicates' }>,
  source: CountSource,
): Condition | undefined {
  if (query.where === 'all') return { sql: 'true', values: [] }
  const place = placeOf(query.entity.id, query.field.id, source)
  if (place === undefined) return undefined
  if (place.link !== undefined) return linkCondition(query.where, place.link)
  const column = `t.${place.column}`
  switch (query.where) {
    case 'notNull':
      return { sql: `${column} IS NOT NULL`, values: [] }
    case 'null':
      return { sql: `${column} IS NULL`, values: [] }
    case 'option':
      // A list's column has text as its elements' type, a single value is text itself: one form fits both.
      return { sql: `to_jsonb(${column}) ?| $1::text[]`, values: [query.values] }
    case 'longer':
      return { sql: `char_length(${column}) > $1::int`, values: [query.limit] }
    case 'outOfRange':
      return {
        sql: `(${column} < $1::numeric OR ${column} > $2::numeric)`,
        values: [query.min ?? null, query.max ?? null],
      }
    case 'pointsTo':
      return {
        sql: `t.${place.second} = ANY($1::text[])`,
        values: [query.targets.map((target) => target.id)],
      }
  }
}

/** The pairs of a many-to-many field. */
function linkCondition(where: CountQuery['where'], link: string): Condition | undefined {
  const exists = `EXISTS (SELECT FROM ${link} l WHERE l."record" = t."id")`
  if (where === 'notNull') return { sql: exists, values: [] }
  return where === 'null' ? { sql: `NOT ${exists}`, values: [] } : undefined
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

/** Nulls are never the same, as in the unique index that the count foretells. */
function duplicatesSql(
  query: Extract<CountQuery, { where: 'duplicates' }>,
  source: CountSource,
  table: string,
): Statement | undefined {
  const places = query.fields.map((field) => placeOf(query.entity.id, field.id, source))
  const columns = places.flatMap((place) => (place === undefined ? [] : [`t.${place.column}`]))
  if (columns.length < places.length) return undefined
  const filled = columns.map((column) => `${column} IS NOT NULL`).join(' AND ')
  return {
    text: `SELECT coalesce(sum(n), 0) AS count FROM (
  SELECT count(*) AS n FROM ${table} t WHERE t."deleted_at" IS NULL AND ${filled}
  GROUP BY ${columns.join(', ')} HAVING count(*) > 1${source.upTo === undefined ? '' : ` LIMIT ${source.upTo}`}) d`,
  }
}
