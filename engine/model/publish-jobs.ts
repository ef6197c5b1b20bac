import type { Executor } from '../db/database.ts'
import type { JobState } from '../jobs/job.ts'
import { PUBLISH_JOB } from './publish.ts'

/** The job that prepares tables for a draft, as far as it is. */
export interface PublishJob {
  readonly id: string
  readonly state: JobState
  /** Units of work done, and in all where that is known. */
  readonly done: number
  readonly total: number | null
}

interface JobRow {
  readonly changeset: string
  readonly id: string
  readonly state: JobState
  readonly done: string
  readonly total: string | null
}

/**
 * The last jobs that were to publish drafts.
 * @param ids of drafts
 * @returns by id; null for one that no job was ever begun for
 */
export async function loadPublishJobs(
  db: Executor,
  schema: string,
  ids: readonly string[],
): Promise<(id: string) => PublishJob | null> {
  const { rows } = await db.query<JobRow>({
    text: `SELECT DISTINCT ON (payload->>'changeset') payload->>'changeset' AS changeset, id, state, done, total
FROM ${schema}.tenon_job WHERE kind = $1 AND payload->>'changeset' = ANY($2)
ORDER BY payload->>'changeset', created_at DESC`,
    values: [PUBLISH_JOB, ids],
  })
  const found = new Map(
    rows.map(({ changeset, id, state, done, total }) => [
      changeset,
      { id, state, done: Number(done), total: total === null ? null : Number(total) },
    ]),
  )
  return (id) => found.get(id) ?? null
}
