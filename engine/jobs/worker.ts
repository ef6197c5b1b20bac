import { EventEmitter } from 'node:events'
import { Logger, type Runner, run, runMigrations, type TaskList, type WorkerEvents } from 'graphile-worker'
import type { Database } from '../db/database.ts'
import { openPlainPool } from '../db/pool.ts'
import type { Observe } from '../observe.ts'
import { pause } from '../pause.ts'
import { cronItemsOf, type PeriodicTask, periodicTaskList } from './periodic.ts'
import { type Presence, showPresence } from './presence.ts'
import { QUEUE_SCHEMA, type QueuedJob } from './queue.ts'
import { type JobTask, runJob } from './run-job.ts'
import type { WakePayload, WakeTask } from './wake.ts'

export interface WorkerOptions {
  readonly db: Database
  /** Past a pooler: workers listen and hold prepared statements. */
  readonly directUrl: string
  readonly tasks: readonly JobTask[]
  readonly periodic?: readonly PeriodicTask[]
  readonly wakes?: readonly WakeTask[]
  readonly observe: Observe
  /** Jobs at a time on this node, 2 by default. */
  readonly concurrency?: number
}

export interface Worker {
  /** Tells the jobs under way to stop where they are; another node, or the next start, goes on with them. */
  close(): Promise<void>
}

const DEFAULT_CONCURRENCY = 2
/** Milliseconds until the workers are started again after they ended by themselves. */
const RESTART_MS = 1_000
/** Milliseconds between two looks for jobs that a pool of ours holds and nobody works on, and after which they count as such. */
const FORGOTTEN_MS = 10_000

/** Workers with what this node knows of them. */
interface OwnRunner extends Runner {
  readonly pools: readonly string[]
  /** The ids of the jobs under way. */
  readonly active: ReadonlySet<string>
}

/** Makes or upgrades the queue's own tables; safe when several nodes do it at once. */
export async function migrateQueue(directUrl: string, observe: Observe): Promise<void> {
  await runMigrations({ connectionString: directUrl, schema: QUEUE_SCHEMA, logger: loggerTo(observe) })
}

/**
 * Takes up jobs until it is closed. The queue's tables must be there (`migrateQueue`).
 * @returns when the first workers run
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { db, observe } = options
  const presence = await showPresence(db, observe)
  const stop = new AbortController()
  let runner = await startRunner(options, presence, stop.signal)

  async function keepRunning(): Promise<void> {
    while (!stop.signal.aborted) {
      const watch = watchForgotten(options, runner)
      await runner.promise.catch((error: unknown) => observe('fault', { during: 'job workers', error }))
      clearInterval(watch)
      if (stop.signal.aborted) return
      const { pools } = runner
      await pause(RESTART_MS, stop.signal)
      if (!stop.signal.aborted) runner = await restart(options, presence, stop.signal, runner)
      // A pool that has ended lets go of nothing by itself where the database was away.
      await presence.drop(pools)
    }
  }

  const kept = keepRunning()
  return {
    async close() {
      stop.abort()
      await runner.stop().catch(() => undefined) // it may have stopped by itself
      await kept
      await presence.close()
    },
  }
}

async function restart(
  options: WorkerOptions,
  presence: Presence,
  signal: AbortSignal,
  last: OwnRunner,
): Promise<OwnRunner> {
  while (!signal.aborted) {
    try {
      return await startRunner(options, presence, signal)
    } catch (error) {
      options.observe('fault', { during: 'job workers', error })
      await pause(RESTART_MS, signal)
    }
  }
  return last
}

/** Workers on a pool of their own, which ends with them: whoever waits for their end waits for its connections. */
async function startRunner(
  options: WorkerOptions,
  presence: Presence,
  signal: AbortSignal,
): Promise<OwnRunner> {
  const { directUrl, observe, concurrency = DEFAULT_CONCURRENCY } = options
  const events: WorkerEvents = new EventEmitter()
  const pools: string[] = []
  const active = new Set<string>()
  events.on('job:start', ({ job }) => active.add(job.id))
  events.on('job:complete', ({ job }) => active.delete(job.id))
  events.on('pool:create', ({ workerPool }) => {
    pools.push(workerPool.id)
    presence.add(workerPool.id).catch((error: unknown) => observe('fault', { during: 'presence', error }))
  })
  const pgPool = openPlainPool(directUrl, concurrency + 2, observe)
  try {
    const runner = await run({
      pgPool,
      schema: QUEUE_SCHEMA,
      concurrency,
      noHandleSignals: true,
      logger: loggerTo(observe),
      events,
      taskList: taskListOf(options, signal),
      parsedCronItems: cronItemsOf(options.periodic ?? []),
    })
    return { ...runner, pools, active, promise: runner.promise.finally(() => pgPool.end()) }
  } catch (error) {
    await pgPool.end()
    throw error
  }
}

/**
 * A database that goes away as it answers gives a job to a pool that never hears of it: the pool lives, and nobody works.
 * Such a pool ends when its work is done, and another takes its place.
 */
function watchForgotten({ db, observe }: WorkerOptions, { pools, active, stop }: OwnRunner): NodeJS.Timeout {
  const look = async (): Promise<void> => {
    const { rows } = await db.query<{ id: string }>({
      text:
        `SELECT j.id::text AS id FROM ${QUEUE_SCHEMA}.jobs j WHERE j.locked_by = ANY($1::text[]) ` +
        'AND j.locked_at < now() - make_interval(secs => $2)',
      values: [pools, FORGOTTEN_MS / 1_000],
    })
    if (rows.some(({ id }) => !active.has(id))) await stop('a job was given to nobody')
  }
  return setInterval(() => {
    look().catch((error: unknown) => observe('fault', { during: 'look for forgotten jobs', error }))
  }, FORGOTTEN_MS).unref()
}

function taskListOf(
  { db, observe, tasks, periodic = [], wakes = [] }: WorkerOptions,
  signal: AbortSignal,
): TaskList {
  const onFault = (task: string, error: unknown) => observe('fault', { during: task, error })
  const queued: TaskList = Object.fromEntries(
    tasks.map((task) => [
      task.kind,
      (payload, { job }) =>
        runJob({ db, observe, signal }, task, payload as QueuedJob, {
          attempts: job.attempts,
          maxAttempts: job.max_attempts,
        }),
    ]),
  )
  const called: TaskList = Object.fromEntries(
    wakes.map((task) => [task.name, (payload) => task.run(payload as WakePayload, signal)]),
  )
  return { ...queued, ...called, ...periodicTaskList(periodic, signal, onFault) }
}

/** The library's own words go to the log where they tell of trouble; what jobs do is told by `runJob`. */
function loggerTo(observe: Observe): Logger {
  return new Logger(() => (level, message, meta) => {
    if (level === 'error') observe('fault', { during: `job queue: ${message}`, error: meta?.error })
  })
}
