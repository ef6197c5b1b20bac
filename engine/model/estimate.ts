import type { Executor } from '../db/database.ts'
import { quoteName } from '../db/values.ts'
import type { Plan } from './plan.ts'

/** How long a publish takes, and what it costs those who work meanwhile. */
export interface Estimate {
  /** Until it is in force, seconds: with nobody else there, and where others keep the database busy. */
  readonly seconds: { readonly least: number; readonly most: number }
  /** Values that are written anew, beside the traffic, before it comes into force. */
  readonly rewritten: number
  /** Records that indexes are built over, beside the traffic. */
  readonly indexed: number
}

/** What is not prepared is one short transaction. */
const SHORT_SECONDS = 1
/**
 * Values carried over a second, and records put into an index a second: on two cores beside one connection, and beside
 * 500 connections that take both, as docs/performance.md tells them.
 */
const FILLED_PER_SECOND = { alone: 4_000, beside: 1_200 }
const INDEXED_PER_SECOND = { alone: 180_000, beside: 60_000 }

/** From what a plan has to prepare, and how full the tables are as the planner of PostgreSQL has counted them. */
export async function estimateOf(db: Executor, schema: string, { work, steps }: Plan): Promise<Estimate> {
  const tables = new Map(
    work.places.flatMap((row) => (row.kind === 'entity' ? [[row.itemId, row.place.table]] : [])),
  )
  const filled = [
    ...work.converted.map(({ entityId }) => tables.get(entityId)),
    ...work.places.flatMap((row) =>
      work.revised.has(row.itemId) && row.kind === 'field' ? [tables.get(row.entityId)] : [],
    ),
  ].filter((table): table is string => table !== undefined)
  const indexed = work.preparation.indexes.map((row) => row.place.table)
  const counts = await recordsOf(db, schema, new Set([...filled, ...indexed]))
  const sum = (all: readonly string[]) => all.reduce((total, table) => total + (counts.get(table) ?? 0), 0)
  const total = { rewritten: sum(filled), indexed: sum(indexed) }
  const seconds = (pace: 'alone' | 'beside') =>
    Math.ceil(
      (steps.length === 0 ? 0 : SHORT_SECONDS) +
        total.rewritten / FILLED_PER_SECOND[pace] +
        total.indexed / INDEXED_PER_SECOND[pace],
    )
  return { seconds: { least: seconds('alone'), most: seconds('beside') }, ...total }
}

async function recordsOf(
  db: Executor,
  schema: string,
  tables: ReadonlySet<string>,
): Promise<ReadonlyMap<string, number>> {
  if (tables.size === 0) return new Map()
  const names = [...tables]
  const { rows } = await db.query<{ readonly at: number; readonly records: number }>({
    text: `SELECT n.at::int AS at, greatest(c.reltuples, 0)::float8 AS records FROM unnest($1::text[]) WITH ORDINALITY AS n(name, at)
JOIN pg_class c ON c.oid = to_regclass(n.name)`,
    values: [names.map((table) => `${schema}.${quoteName(table)}`)],
  })
  return new Map(rows.map(({ at, records }) => [names[at - 1]!, records]))
}
