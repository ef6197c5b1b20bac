import type { Transaction } from '../db/database.ts'

/** The schema of graphile-worker's tables: one queue for all workspaces of a database. */
export const QUEUE_SCHEMA = 'graphile_worker'

/** A job is tried this often: each kill of its node counts as a try as well. */
const MAX_TRIES = 25

export interface NewJob {
  readonly id: string
  readonly kind: string
  readonly payload: unknown
  readonly createdBy: string | undefined
}

/** What the queue carries; everything else stands in tenon_job. */
export interface QueuedJob {
  readonly schema: string
  readonly id: string
}

/**
 * Puts a job into the queue, together with whatever else the transaction does: it runs if and only if that commits.
 * @param schema the workspace's schema, quoted
 */
export async function enqueueJob(tx: Transaction, schema: string, job: NewJob): Promise<void> {
  await tx.query({
    text: `INSERT INTO ${schema}.tenon_job (id, kind, state, payload, created_by) VALUES ($1, $2, 'waiting', $3, $4)`,
    values: [job.id, job.kind, JSON.stringify(job.payload), job.createdBy ?? null],
  })
  const queued: QueuedJob = { schema, id: job.id }
  await tx.query({
    text: `SELECT ${QUEUE_SCHEMA}.add_job($1, payload => $2::json, max_attempts => $3, job_key => $4)`,
    values: [job.kind, JSON.stringify(queued), MAX_TRIES, job.id],
  })
}
