import type { Database } from '../db/database.ts'

const HOUR_MS = 3_600_000
const BATCH = 1000

/** When each schema is due again, milliseconds since 1970, on this node. */
const dueBySchema = new WeakMap<Database, Map<string, number>>()

/**
 * Deletes idempotency keys older than 24 hours: one batch a call while there are full ones, then an hour of rest.
 * Keys that another node deletes at the same moment are passed by.
 */
export async function sweepKeys(db: Database, schema: string, now: Date): Promise<void> {
  const due = dueBySchema.get(db) ?? new Map<string, number>()
  dueBySchema.set(db, due)
  if (now.getTime() < (due.get(schema) ?? 0)) return
  due.set(schema, now.getTime() + HOUR_MS) // before the question: of many requests at once one sweeps
  const { rowCount } = await db.query({
    text:
      `DELETE FROM ${schema}.tenon_idempotency WHERE (actor, key) IN (SELECT actor, key ` +
      `FROM ${schema}.tenon_idempotency WHERE at < now() - interval '24 hours' LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
  })
  if (rowCount === BATCH) due.set(schema, 0)
}
