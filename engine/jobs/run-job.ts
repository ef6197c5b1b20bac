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
  /** Notes the progress, at most twice a second; the last call always counts. */
  progress(done: number, total: number | undefined): Promise<void>
}

export interface JobDeps {
  readonly db: Database
  readonly observe: Observe
}

/** What the queue knows about this try. */
export interface Attempt {
  readonly attempts: number
  readonly maxAttempts: number
}

const PROGRESS_INTERVAL_MS = 500

/**
 * Runs one queued job to its end.
 * @throws the task's error when it is to be tried again
 */
export async function runJob(
  deps: JobDeps,
  task: JobTask,
  queued: QueuedJob,
  attempt: Attempt,
): Promise<void> {
  const { db, observe } = deps
  const { schema, id } = queued
  const job = await findJob(db, schema, id)
  if (job === undefined || job.state === 'done' || job.state === 'failed') return
  const begun = performance.now()
  const seconds = () => (performance.now() - begun) / 1000
  await markRunning(db, schema, id)
  try {
    const result = await task.run({ ...job, schema, progress: progressOf(db, schema, job) })
    await endJob(db, schema, id, { state: 'done', result })
    observe('job', { job: job.kind, outcome: 'done', seconds: seconds() })
  } catch (error) {
    const isFinal = isRefusal(error) || attempt.attempts >= attempt.maxAttempts
    if (!isFinal) throw error
    await endJob(db, schema, id, { state: 'failed', result: failureOf(error) })
    observe('job', { job: job.kind, outcome: 'failed', seconds: seconds(), error })
  }
}

/** A database that is away is no refusal: it comes back. */
function isRefusal(error: unknown): boolean {
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
