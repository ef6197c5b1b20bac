import type { Database } from '../db/database.ts'
import { AppError, problem } from '../errors.ts'
import type { Observe } from '../observe.ts'
import { endJob, findJob, type Job, type JobFailure, markRunning, saveProgress } from './job.ts'
import type { QueuedJob } from './queue.ts'

/** Work that a worker does when its kind of job is queued. It may be cut off anywhere and is then run again. */
export interface JobTask {
  readonly kind: string
  /**
   * @returns what came of it, kept as the job's result
   * @throws AppError when it has failed for good; any other error means: try again later
   */
  run(job: RunningJob): Promise<unknown>
}

export interface RunningJob extends Job {
  /** The workspace's schema, quoted. */
  readonly schema: string
  /** After this try there is none: an error of any sort is the end of the job. */
  readonly isLastTry: boolean
  /** Comes when this node stops: leave the work as it is, another node or the next start goes on. */
  readonly signal: AbortSignal
  /** Notes the progress, at most twice a second; the last call always counts. */
  progress(done: number, total: number | undefined): Promise<void>
}

export interface JobDeps {
  readonly db: Database
  readonly observe: Observe
  /** Comes when this node stops. */
  readonly signal: AbortSignal
}

/** What the queue knows about this try. */
export interface Attempt {
  readonly attempts: number
  readonly maxAttempts: number
}

const PROGRESS_INTERVAL_MS = 500

/**
 * Runs one queued job to its end; one of a sandbox that was thrown away meanwhile is over with it.
 * @throws the task's error when it is to be tried again
 */
export async function runJob(
  deps: JobDeps,
  task: JobTask,
  queued: QueuedJob,
  attempt: Attempt,
): Promise<void> {
  try {
    await runKnown(deps, task, queued, attempt)
  } catch (error) {
    if (!(await isGone(deps.db, queued.schema))) throw error
  }
}

async function runKnown(deps: JobDeps, task: JobTask, queued: QueuedJob, attempt: Attempt): Promise<void> {
  const { db, observe, signal } = deps
  const { schema, id } = queued
  const job = await findJob(db, schema, id)
  if (job === undefined || job.state === 'done' || job.state === 'failed') return
  const begun = performance.now()
  const seconds = () => (performance.now() - begun) / 1000
  await markRunning(db, schema, id)
  const isLastTry = attempt.attempts >= attempt.maxAttempts
  try {
    const result = await task.run({
      ...job,
      schema,
      isLastTry,
      signal,
      progress: progressOf(db, schema, job),
    })
    await endJob(db, schema, id, { state: 'done', result })
    observe('job', { job: job.kind, outcome: 'done', seconds: seconds() })
  } catch (error) {
    if (!isLastTry && !isRefusal(error)) throw error
    await endJob(db, schema, id, { state: 'failed', result: failureOf(error) })
    observe('job', { job: job.kind, outcome: 'failed', seconds: seconds(), error })
  }
}

async function isGone(db: Database, schema: string): Promise<boolean> {
  const { rows } = await db.query<{ gone: boolean }>({
    text: 'SELECT to_regclass($1) IS NULL AS gone',
    values: [`${schema}.tenon_job`],
  })
  return rows[0]?.gone === true
}

/** A database that is away is no refusal: it comes back. */
export function isRefusal(error: unknown): boolean {
  return error instanceof AppError && error.status !== 503
}

function failureOf(error: unknown): JobFailure {
  return { problems: error instanceof AppError ? error.problems : [problem('HTTP_INTERNAL')] }
}

function progressOf(db: Database, schema: string, job: Job): RunningJob['progress'] {
  let savedAt = Number.NEGATIVE_INFINITY
  return async (done, total) => {
    const now = performance.now()
    if (done !== total && now - savedAt < PROGRESS_INTERVAL_MS) return
    savedAt = now
    await saveProgress(db, schema, job.id, { done, total })
  }
}
