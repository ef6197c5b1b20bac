import type { Database, Executor } from '../db/database.ts'
import { backgroundPace } from '../db/pace.ts'
import type { Observe } from '../observe.ts'
import { pause } from '../pause.ts'
import type { EventConsumer } from './consumer.ts'
import { takeBatch } from './cursor.ts'
import { type Pulse, readPulses, type WatchedWorkspace, watchedWorkspaces } from './pulse.ts'

export interface DispatcherOptions {
  readonly db: Database
  readonly consumers: readonly EventConsumer[]
  readonly observe: Observe
  /** Milliseconds between two looks, 100 by default. */
  readonly intervalMs?: number
}

export interface Dispatcher {
  /** Stops when the batch at hand is done; another node takes over. */
  close(): Promise<void>
}

/** The advisory lock of the one that dispatches; any number that nobody else takes. */
const DISPATCHER_LOCK = 7_362_066
const DEFAULT_INTERVAL_MS = 100
/** Milliseconds until a node that is not the dispatcher asks again, or one that failed tries again. */
const CANDIDATE_MS = 1_000
/** Milliseconds between two looks for new workspaces. */
const LIST_INTERVAL_MS = 2_000
/** Workspaces whose events are read at a time. */
const AT_ONCE = 4
/** A consumer that fails is left alone for so long at first, and at most, milliseconds. */
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
/** Looks that find nothing where a transaction still runs, until the workspace is looked at less often. */
const PATIENT_LOOKS = 10
const PATIENT_MS = 500

/**
 * Gives consumers the events of all workspaces, on one node of all: the one whose session holds an advisory lock, which
 * PostgreSQL drops the moment that node is gone, kill -9 included.
 */
export function startDispatcher(options: DispatcherOptions): Dispatcher {
  const { db, observe } = options
  const stop = new AbortController()
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        await db.session(async (session) => {
          const { rows } = await session.query<{ held: boolean }>({
            text: 'SELECT pg_try_advisory_lock($1::bigint) AS held',
            values: [DISPATCHER_LOCK],
          })
          if (rows[0]?.held === true) await dispatch(options, session, stop.signal)
        })
      } catch (error) {
        if (!stop.signal.aborted) observe('fault', { during: 'dispatch of events', error })
      }
      await pause(CANDIDATE_MS, stop.signal, false)
    }
  }
  const done = run()
  return {
    async close() {
      stop.abort()
      await done
    },
  }
}

/** What the dispatcher keeps in mind of a workspace; all of it can be found out anew. */
interface Watch {
  at: WatchedWorkspace
  /** Everything up to these numbers is taken by all consumers for good. */
  settled: Pulse | undefined
  readonly consumers: Map<string, { failures: number; notBefore: number }>
  emptyLooks: number
  notBefore: number
}

async function dispatch(options: DispatcherOptions, session: Executor, signal: AbortSignal): Promise<void> {
  const { intervalMs = DEFAULT_INTERVAL_MS } = options
  const watches = new Map<string, Watch>()
  const pace = backgroundPace(options.db, signal)
  let listedAt = Number.NEGATIVE_INFINITY
  let isMore = false
  while (!signal.aborted) {
    if (performance.now() - listedAt >= LIST_INTERVAL_MS) {
      refresh(watches, await watchedWorkspaces(session))
      listedAt = performance.now()
    }
    const list = [...watches.values()]
    // Through the session that holds the lock: without it nothing is dispatched any more.
    const pulses = await readPulses(
      session,
      list.map(({ at }) => at),
    ).catch(ifGone)
    if (pulses === undefined) {
      listedAt = Number.NEGATIVE_INFINITY
      continue
    }
    const hot = list.filter((watch, index) => isHot(watch, pulses[index]!))
    // A backlog, such as that of an import, gives way to people; what they have just done is taken at once.
    isMore = await (isMore ? pace.run(() => takeAll(options, hot, signal)) : takeAll(options, hot, signal))
    if (!isMore) await pause(intervalMs, signal, false)
  }
}

/** A sandbox that was thrown away since the list was read takes its sequences along. */
function ifGone(error: unknown): undefined {
  const { code, message } = error as { readonly code?: unknown; readonly message?: string }
  if (code !== '42P01' && !(code === 'XX000' && message?.includes('could not open relation'))) throw error
}

function refresh(watches: Map<string, Watch>, found: readonly WatchedWorkspace[]): void {
  const known = new Set(found.map(({ schema }) => schema))
  for (const schema of watches.keys()) if (!known.has(schema)) watches.delete(schema)
  for (const at of found) {
    const watch = watches.get(at.schema)
    if (watch !== undefined) watch.at = at
    else watches.set(at.schema, { at, settled: undefined, consumers: new Map(), emptyLooks: 0, notBefore: 0 })
  }
}

function isHot({ settled, notBefore }: Watch, { audit, event }: Pulse): boolean {
  if (settled?.audit === audit && settled.event === event) return false
  return performance.now() >= notBefore
}

/** @returns whether more waits already */
async function takeAll(
  options: DispatcherOptions,
  hot: readonly Watch[],
  signal: AbortSignal,
): Promise<boolean> {
  const queue = [...hot]
  let isMore = false
  const lane = async (): Promise<void> => {
    for (let watch = queue.shift(); watch !== undefined && !signal.aborted; watch = queue.shift()) {
      if (await takeIn(options, watch)) isMore = true
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return isMore
}

/** One batch for each consumer of a workspace. */
async function takeIn({ db, consumers, observe }: DispatcherOptions, watch: Watch): Promise<boolean> {
  let isMore = false
  let events = 0
  let settled: Pulse | undefined
  let isHeldUp = false
  for (const consumer of consumers) {
    const state = watch.consumers.get(consumer.name) ?? { failures: 0, notBefore: 0 }
    watch.consumers.set(consumer.name, state)
    if (performance.now() < state.notBefore) {
      isHeldUp = true
      continue
    }
    try {
      const taken = await db.transaction((tx) => takeBatch(tx, watch.at, consumer))
      state.failures = 0
      isMore ||= taken.isMore
      events += taken.events
      settled = lower(settled, taken.settled)
    } catch (error) {
      observe('fault', { during: `events of ${watch.at.workspace} for ${consumer.name}`, error })
      state.notBefore = performance.now() + Math.min(FIRST_PAUSE_MS * 2 ** state.failures++, LONGEST_PAUSE_MS)
      isHeldUp = true
    }
  }
  watch.settled = isHeldUp ? undefined : settled
  watch.emptyLooks = events === 0 ? watch.emptyLooks + 1 : 0
  watch.notBefore = watch.emptyLooks > PATIENT_LOOKS ? performance.now() + PATIENT_MS : 0
  return isMore
}

function lower(one: Pulse | undefined, other: Pulse): Pulse {
  if (one === undefined) return other
  return {
    audit: BigInt(one.audit) < BigInt(other.audit) ? one.audit : other.audit,
    event: BigInt(one.event) < BigInt(other.event) ? one.event : other.event,
  }
}
