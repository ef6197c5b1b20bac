import type { Executor, Transaction } from '../../db/database.ts'
import type { WakeTask } from '../../jobs/wake.ts'
import { wake, wakeBy } from '../../jobs/wake.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import type { ConnectorFault } from '../../registry/connector-fault.ts'
import { CALL_TIMEOUT_MS, type CallDeps, connectionById, MESSAGE, performCall } from './perform.ts'
import {
  claimCall,
  keepOutcome,
  nextCallDue,
  type Outcome,
  type OutgoingCall,
  type Purpose,
  pauseConnection,
  postponeCall,
  roomFor,
} from './store.ts'

export const OUTGOING_TASK = 'outgoing'

/** What follows once a call is over, in the transaction that says so. */
export type Settled = (
  tx: Transaction,
  model: CompiledModel,
  call: OutgoingCall,
  outcome: Outcome,
) => Promise<void>

export interface SenderDeps extends CallDeps {
  /** The model in force. @param isStale whether the one known turned out to be out of date */
  modelOf(workspace: string, isStale?: boolean): Promise<CompiledModel | undefined>
  readonly settled: { readonly [P in Purpose]: Settled }
  /** Calls of one workspace at a time on this node, 4 by default. */
  readonly lanes?: number
  /** Milliseconds after which a call is taken for lost, with its sender. */
  readonly lostAfterMs?: number
}

/** Sends what is due, beside the queue's workers: who waits for another system holds none of them. */
export interface Sender {
  readonly task: WakeTask
  /** Ends when the calls under way are over. */
  close(): Promise<void>
}

const LANES = 4
const LOST_AFTER_MS = CALL_TIMEOUT_MS + 10_000
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 600_000

/** Calls the senders, together with whatever else the transaction does. */
export async function wakeSenders(tx: Executor, workspace: string): Promise<void> {
  await wake(tx, OUTGOING_TASK, { workspace }, { key: workspace })
}

export function startSender(deps: SenderDeps): Sender {
  const stop = new AbortController()
  const busy = new Map<string, Promise<void>>()
  const again = new Set<string>()

  async function work(workspace: string): Promise<void> {
    do {
      again.delete(workspace)
      try {
        await drainCalls(deps, workspace, () => stop.signal.aborted)
      } catch (error) {
        deps.observe('fault', { during: `calls of ${workspace}`, error })
        // Whatever hindered it: the queue asks again.
        await deps.db
          .transaction((tx) => wakeRest(tx, workspace, new Date(deps.now().getTime() + FIRST_PAUSE_MS)))
          .catch((fault: unknown) => deps.observe('fault', { during: `calls of ${workspace}`, error: fault }))
      }
    } while (again.has(workspace) && !stop.signal.aborted)
    busy.delete(workspace)
  }

  return {
    task: {
      name: OUTGOING_TASK,
      async run({ workspace }) {
        if (stop.signal.aborted) return
        again.add(workspace)
        if (!busy.has(workspace)) busy.set(workspace, work(workspace))
      },
    },
    async close() {
      stop.abort()
      await Promise.all(busy.values())
    },
  }
}

async function wakeRest(tx: Executor, workspace: string, at: Date): Promise<void> {
  await wakeBy(tx, OUTGOING_TASK, { workspace }, { key: `${workspace} rest`, at })
}

/** Makes the calls that are due until none is, and says when to look again. */
export async function drainCalls(deps: SenderDeps, workspace: string, isOver: () => boolean): Promise<void> {
  const model = await deps.modelOf(workspace)
  if (model === undefined) return
  const lane = async () => {
    while (!isOver()) if (!(await sendNext(deps, model))) return
  }
  await Promise.all(Array.from({ length: deps.lanes ?? LANES }, lane))
  const next = await nextCallDue(deps.db, model.schema)
  if (next !== undefined) await deps.db.transaction((tx) => wakeRest(tx, workspace, next))
}

/** @returns whether there was one */
async function sendNext(deps: SenderDeps, model: CompiledModel): Promise<boolean> {
  const taken = await deps.db.transaction((tx) => takeNext(deps, model, tx))
  if (taken === undefined) return false
  if (taken === 'postponed') return true
  const begun = performance.now()
  const tried = await performCall(deps, await modelFor(deps, model, taken), taken)
  const durationMs = performance.now() - begun
  const now = deps.now()
  const outcome: Outcome = tried.kind === 'done' ? tried : afterFault(taken, tried.fault, now)
  await deps.db.transaction(async (tx) => {
    const isOurs = await keepOutcome(tx, model.schema, taken, outcome, { now, durationMs })
    if (outcome.kind === 'again' && outcome.fault.kind === 'limited' && taken.connection !== null)
      await pauseConnection(tx, model.schema, taken.connection, outcome.at)
    if (isOurs && outcome.kind !== 'again') await deps.settled[taken.purpose](tx, model, taken, outcome)
  })
  return true
}

/** A connection that is not known may have been published elsewhere a moment ago. */
async function modelFor(
  deps: SenderDeps,
  model: CompiledModel,
  { connection }: OutgoingCall,
): Promise<CompiledModel> {
  if (connection === null || connectionById(model, connection) !== undefined) return model
  return (await deps.modelOf(model.workspace, true)) ?? model
}

async function takeNext(
  deps: SenderDeps,
  model: CompiledModel,
  tx: Transaction,
): Promise<OutgoingCall | 'postponed' | undefined> {
  const now = deps.now()
  const lostAt = new Date(now.getTime() + (deps.lostAfterMs ?? LOST_AFTER_MS))
  const call = await claimCall(tx, model.schema, now, lostAt)
  if (call === undefined) return undefined
  const most = perMinute(deps, model, call)
  const room = most === undefined ? undefined : await roomFor(tx, model.schema, call, most, now)
  if (room !== undefined) {
    await postponeCall(tx, model.schema, call, room)
    return 'postponed'
  }
  // Should this node end in the middle, another one is called in time.
  await wakeRest(tx, model.workspace, lostAt)
  return call
}

function perMinute({ registry }: SenderDeps, model: CompiledModel, call: OutgoingCall): number | undefined {
  if (call.connection === null || call.person === null || call.operation !== MESSAGE) return undefined
  const definition = connectionById(model, call.connection)
  return definition === undefined ? undefined : registry.connector(definition.connector)?.channel?.perMinute
}

/** Milliseconds until the next try: twice as long each time. */
export function callPauseMs(tries: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, tries - 1), LONGEST_PAUSE_MS)
}

function afterFault(call: OutgoingCall, fault: ConnectorFault, now: Date): Outcome {
  const isLimit = fault.kind === 'limited'
  if (fault.kind === 'refused' || (!isLimit && call.tries >= call.mostTries)) return { kind: 'failed', fault }
  const at = new Date(now.getTime() + Math.max(fault.afterMs ?? 0, callPauseMs(call.tries)))
  // What would be tried after its time is over is over now.
  if (at > call.until) return { kind: 'failed', fault }
  return { kind: 'again', fault, at, counts: !isLimit }
}
