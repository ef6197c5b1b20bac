import type { Executor } from '../db/database.ts'
import { LIVE_CHANNEL } from '../db/live-notice.ts'
import { instantSql, parseJson } from '../db/values.ts'
import type { Problem } from '../errors.ts'
import { isRecordId } from '../fields/parts/formats.ts'

export type JobState = 'waiting' | 'running' | 'done' | 'failed'

/** A piece of background work as people see it. */
export interface Job {
  readonly id: string
  readonly kind: string
  readonly state: JobState
  /** Units of work done, and in all where that is known. */
  readonly done: number
  readonly total: number | undefined
  readonly payload: unknown
  /** What came of it: the task's own answer, or `{"problems": […]}` of a failed one. */
  readonly result: unknown
  readonly createdAt: string
  readonly updatedAt: string
  readonly createdBy: string | undefined
}

/** What a failed job leaves as its result. */
export interface JobFailure {
  readonly problems: readonly Problem[]
}

interface JobRow {
  readonly id: string
  readonly kind: string
  readonly state: JobState
  readonly done: string
  readonly total: string | null
  readonly payload: string
  readonly result: string | null
  readonly created_at: string
  readonly updated_at: string
  readonly created_by: string | null
}

/**
 * Reads one job; undefined where there is none of that id.
 * @param schema the workspace's schema, quoted
 */
export async function findJob(db: Executor, schema: string, id: string): Promise<Job | undefined> {
  const { rows } = await db.query<JobRow>({
    text: `SELECT id, kind, state, done, total, payload, result, created_by,
  ${instantSql('created_at')} AS created_at, ${instantSql('updated_at')} AS updated_at
FROM ${schema}.tenon_job WHERE id = $1`,
    values: [isRecordId(id) ? id : null],
  })
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    done: Number(row.done),
    total: row.total === null ? undefined : Number(row.total),
    payload: parseJson(row.payload),
    result: row.result === null ? undefined : parseJson(row.result),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    createdBy: row.created_by ?? undefined,
  }
}

/** Notes that a job is being worked on; its progress stays, for one that is taken up again. */
export async function markRunning(db: Executor, schema: string, id: string): Promise<void> {
  await noteJob(db, schema, id, "state = 'running'", [])
}

/** Notes how far a job is, in units of its own. */
export async function saveProgress(
  db: Executor,
  schema: string,
  id: string,
  progress: { readonly done: number; readonly total: number | undefined },
): Promise<void> {
  await noteJob(db, schema, id, 'done = $4, total = $5', [progress.done, progress.total ?? null])
}

/** Notes the end of a job and what came of it. */
export async function endJob(
  db: Executor,
  schema: string,
  id: string,
  end: { readonly state: 'done' | 'failed'; readonly result: unknown },
): Promise<void> {
  await noteJob(db, schema, id, 'state = $4, result = $5', [end.state, JSON.stringify(end.result ?? null)])
}

/** Writes and tells it, in one statement: pages that are open show how far a job is. */
async function noteJob(
  db: Executor,
  schema: string,
  id: string,
  set: string,
  values: readonly unknown[],
): Promise<void> {
  await db.query({
    text: `WITH noted AS (UPDATE ${schema}.tenon_job SET ${set}, updated_at = now() WHERE id = $1
  RETURNING id, kind, state, done, total, created_by)
SELECT pg_notify($2, json_build_object('id', gen_random_uuid(), 'schema', $3::text, 'job', to_json(noted))::text) FROM noted`,
    values: [id, LIVE_CHANNEL, schema, ...values],
  })
}
