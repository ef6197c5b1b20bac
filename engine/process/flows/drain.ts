import { backgroundPace, type Pace } from '../../db/pace.ts'
import type { WakePayload, WakeTask } from '../../jobs/wake.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { ModelMovedError } from '../../records/model-moved.ts'
import type { FlowDeps } from './deps.ts'
import { type Turn, takeStep, takeTogether } from './take-step.ts'

export const RUNS_TASK = 'flow_runs'

/** Runs of one workspace at a time on a node: people come first. */
const LANES = 2
/** Runs that are looked for at once. */
const BATCH = 100
/** Of those that have become due last, where more than these wait. */
const LATEST = 25
/** Runs that are taken in one transaction. */
const MOST_TOGETHER = 25
/** After so long a workspace lets the others have their turn, milliseconds. */
const TURN_MS = 5_000
/** A flow that lets no more runs work at a time is asked again after so long, milliseconds. */
const FULL_MS = 500

/** Without a rest. */
const AT_ONCE: Pick<Pace, 'run'> = { run: (piece) => piece() }

/** Takes the steps that are due in a workspace. */
export function runsTask(deps: FlowDeps): WakeTask {
  return {
    name: RUNS_TASK,
    async run({ workspace }: WakePayload, signal) {
      const end = performance.now() + TURN_MS
      const isOver = () => signal.aborted || performance.now() > end
      const outcome = await drainRuns(deps, workspace, isOver, backgroundPace(deps.db, signal))
      if (outcome === 'all' || signal.aborted) return
      const at = outcome === 'full' ? new Date(deps.now().getTime() + FULL_MS) : deps.now()
      await deps.wakes.runs(deps.db, workspace, [{ at, run: 'rest' }])
    },
  }
}

/**
 * Takes steps until none is due.
 * @param pace of masses: what an import sets off gives way to people, what one of them waits for does not
 * @returns `all` when none is due, `some` when it was stopped before, `full` when what is left waits for other runs of
 *   the same flow or is held by others
 */
export async function drainRuns(
  deps: FlowDeps,
  workspace: string,
  isOver: () => boolean,
  pace: Pick<Pace, 'run'> = AT_ONCE,
): Promise<'all' | 'some' | 'full'> {
  const model = { current: await deps.modelOf(workspace) }
  if (model.current === undefined) return 'all'
  for (;;) {
    const due = await dueRuns(deps, model.current)
    if (due.length === 0) return 'all'
    const own = due.length < BATCH ? AT_ONCE : pace
    const turns: Turn[] = []
    const take = turnsOf(due)
    const lane = async (): Promise<void> => {
      for (let some = take.next(); some !== undefined && !isOver(); some = take.next()) {
        const { ids } = some
        const taken = await own.run(() => goTogether(deps, model as { current: CompiledModel }, ids, isOver))
        if (taken !== undefined) turns.push(...taken)
        for (const id of taken === undefined ? some.ids : []) {
          if (isOver()) break
          turns.push(await own.run(() => goOn(deps, model as { current: CompiledModel }, id, isOver)))
        }
        take.done(some, taken !== undefined)
      }
    }
    await Promise.all(Array.from({ length: deps.lanes ?? LANES }, lane))
    if (isOver()) return 'some'
    if (turns.every((turn) => turn === 'full' || turn === 'gone')) {
      // What others held a moment ago may be as it was: whoever held it may be no more, and nobody else calls for it.
      const isLeft = turns.includes('full') || (await dueRuns(deps, model.current)).length > 0
      return isLeft ? 'full' : 'all'
    }
  }
}

interface DueRun {
  readonly id: string
  readonly flow: string
}

interface Some {
  readonly flow: string
  readonly ids: readonly string[]
}

/**
 * Shares out runs that are due: some of one flow at a time, and no flow to two lanes, since its runs mostly change the same
 * records and would wait for each other. Where faults are many few are taken together: each makes the others be taken again.
 */
function turnsOf(due: readonly DueRun[]): {
  next(): Some | undefined
  done(some: Some, isWell: boolean): void
} {
  const queues = new Map<string, string[]>()
  for (const { id, flow } of due) queues.set(flow, [...(queues.get(flow) ?? []), id])
  const busy = new Set<string>()
  const most = new Map<string, number>()
  return {
    next() {
      const [flow, queue] = [...queues].find(([id, ids]) => !busy.has(id) && ids.length > 0) ?? []
      if (flow === undefined || queue === undefined) return undefined
      busy.add(flow)
      return { flow, ids: queue.splice(0, most.get(flow) ?? MOST_TOGETHER) }
    },
    done({ flow }, isWell) {
      busy.delete(flow)
      const last = most.get(flow) ?? MOST_TOGETHER
      most.set(flow, isWell ? Math.min(last * 2, MOST_TOGETHER) : Math.max(1, last >> 1))
    },
  }
}

/** Several runs as far as they go in one transaction; undefined where one of them fails in it. */
async function goTogether(
  deps: FlowDeps,
  model: { current: CompiledModel },
  ids: readonly string[],
  isOver: () => boolean,
): Promise<readonly Turn[] | undefined> {
  for (;;) {
    try {
      return await takeTogether(deps, model.current, ids, isOver)
    } catch (error) {
      if (!(await isRenewed(deps, model, error))) return []
    }
  }
}

/** Takes the model in force where a step has found that it is another one. @returns whether there is one */
async function isRenewed(
  deps: FlowDeps,
  model: { current: CompiledModel },
  error: unknown,
): Promise<boolean> {
  if (!(error instanceof ModelMovedError)) throw error
  const renewed = await deps.modelOf(model.current.workspace, true)
  if (renewed !== undefined) model.current = renewed
  return renewed !== undefined
}

/** Those that have waited longest; where these are many also the latest, for which somebody may wait just now. */
async function dueRuns(deps: FlowDeps, { schema }: CompiledModel): Promise<readonly DueRun[]> {
  const ask = async (order: string, most: number) => {
    const { rows } = await deps.db.query<DueRun>({
      text:
        `SELECT r.id::text AS id, r.flow::text AS flow FROM ${schema}.tenon_run r WHERE r.state IN ('waiting', 'sleeping') ` +
        `AND r.due_at <= $1::timestamptz ORDER BY ${order} LIMIT $2`,
      values: [deps.now().toISOString(), most],
    })
    return rows
  }
  const oldest = await ask('r.due_at, r.id', BATCH)
  if (oldest.length < BATCH) return oldest
  const known = new Set(oldest.map(({ id }) => id))
  const latest = await ask('r.due_at DESC, r.id DESC', LATEST)
  return [...oldest, ...latest.filter(({ id }) => !known.has(id))]
}

/** One run as far as it goes now. */
async function goOn(
  deps: FlowDeps,
  model: { current: CompiledModel },
  id: string,
  isOver: () => boolean,
): Promise<Turn> {
  for (;;) {
    try {
      const turn = await takeStep(deps, model.current, id)
      if (turn !== 'more' || isOver()) return turn
    } catch (error) {
      if (!(await isRenewed(deps, model, error))) return 'gone'
    }
  }
}
