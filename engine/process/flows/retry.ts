import { AppError, type Problem, problem } from '../../errors.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { shifted } from '../../model/flow-schedule.ts'
import { pointer } from '../../model/pointer.ts'
import type { FlowDeps } from './deps.ts'
import { entered } from './frames.ts'
import { claimRun, type RunProgress, saveRuns, writeJournal } from './run-store.ts'
import type { AtHand, Turn } from './take-step.ts'

/** Tries of a step that is hindered by no fault of its own (a database away, writers in its way). */
const PATIENT_TRIES = 20
/** Tries of a step that fails as nothing should. */
const FAULT_TRIES = 3
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 600_000

/** Milliseconds until the next try: twice as long each time. */
export function backoffMs(tries: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, tries - 1), LONGEST_PAUSE_MS)
}

/**
 * What becomes of a run whose step failed; its transaction is undone by then. It is tried again, goes on with the steps
 * that are said for this fault, or fails and waits for somebody.
 */
export async function afterFault(
  deps: FlowDeps,
  model: CompiledModel,
  hand: AtHand,
  error: unknown,
): Promise<Turn> {
  const id = hand.run!.id
  return await deps.db.transaction(async (tx) => {
    const run = await claimRun(tx, model.schema, id, deps.now())
    if (run === undefined) return 'gone'
    const now = deps.now()
    const tries = run.tries + 1
    const fault = problemOf(error)
    const state: RunProgress = { ...run, ...{ dueAt: now, tries, fault, state: 'waiting' } }
    if (isTriedAgain(deps, model, hand, error, tries)) {
      const dueAt = new Date(now.getTime() + backoffMs(tries))
      await saveRuns(tx, model.schema, [{ ...state, id, dueAt }], now)
      await deps.wakes.runs(tx, model.workspace, [{ at: dueAt, run: id }])
      return 'rest'
    }
    if (!(error instanceof AppError)) deps.observe('fault', { during: `flow ${run.name}`, error })
    const { step, at, item, begunAt, input } = hand
    if (step === undefined) {
      await saveRuns(tx, model.schema, [{ ...state, id, state: 'failed' }], now)
      return 'rest'
    }
    // A step that waited keeps its own row.
    const number = hand.position.at(-1)?.waiting?.journal ?? run.steps + 1
    await writeJournal(tx, model.schema, [
      {
        ...{ run: id, number, path: at, name: step.name, action: step.do, item: item?.id, tries },
        ...{ state: 'failed', input, fault, begunAt, endedAt: now },
      },
    ])
    const key = codesOf(fault).find((code) => Object.hasOwn(step.onError ?? {}, code))
    if (key === undefined) {
      const steps = Math.max(run.steps, number)
      await saveRuns(tx, model.schema, [{ ...state, id, state: 'failed', steps }], now)
      return 'rest'
    }
    const position = entered(hand.position, at + pointer('onError', key))
    const steps = Math.max(run.steps, number)
    await saveRuns(tx, model.schema, [{ ...state, id, position, tries: 0, steps }], now)
    return 'more'
  })
}

/** By what `onError` may name a fault: of a call, the other side's own code comes first. */
function codesOf({ code, params }: Problem): readonly string[] {
  const other = code === 'CALL_REFUSED' ? [String(params?.code)] : []
  return [...other, code, 'any']
}

function isTriedAgain(
  deps: FlowDeps,
  model: CompiledModel,
  hand: AtHand,
  error: unknown,
  tries: number,
): boolean {
  const isRefusal = error instanceof AppError && error.status !== 503 && error.code !== 'RECORD_BUSY'
  if (isRefusal && deps.registry.action(hand.step?.do ?? '')?.retriesItself === true) return false
  if (!isRefusal) return tries < (isHindered(error) ? PATIENT_TRIES : FAULT_TRIES)
  const { times, for: long } = hand.step?.retry ?? {}
  if (times !== undefined) return tries <= times
  if (long === undefined) return false
  // The pauses so far are known: each was twice as long as the one before.
  const pausedMs = Array.from({ length: tries }, (_, index) => backoffMs(index + 1)).reduce(
    (sum, ms) => sum + ms,
    0,
  )
  const begun = new Date(deps.now().getTime() - pausedMs)
  return shifted(begun, long, model.settings.timeZone) > deps.now()
}

const BLOCKED: ReadonlySet<string> = new Set(['40001', '40P01', '55P03'])

function isHindered(error: unknown): boolean {
  return error instanceof AppError || BLOCKED.has(String((error as { readonly code?: unknown }).code))
}

/** A fault as the run keeps it. */
export function problemOf(error: unknown): Problem {
  if (error instanceof AppError) return error.problems[0] ?? problem('HTTP_INTERNAL')
  return problem('HTTP_INTERNAL')
}
