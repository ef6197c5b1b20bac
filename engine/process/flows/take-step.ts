import type { FlowStep } from '../../../metadata/types.ts'
import type { Transaction } from '../../db/database.ts'
import { AppError, problem, refuse } from '../../errors.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { entityById } from '../../model/entity-by-id.ts'
import { type PlacedStep, placedSteps } from '../../model/kinds/flow-place.ts'
import { pointer } from '../../model/pointer.ts'
import { ModelMovedError } from '../../records/model-moved.ts'
import type { RecordRef, StepResult } from '../../registry/action.ts'
import { type FlowDeps, flowContext, modelContext } from './deps.ts'
import type { ModelFlow } from './flow-index.ts'
import { entered, nextPosition, type Position, stepAt, waitingAt } from './frames.ts'
import { createGathering, type Gathering } from './gathering.ts'
import { modelOfRun } from './model-of.ts'
import { pinnedFlow } from './pinned.ts'
import { afterFault } from './retry.ts'
import { claimRun, claimRuns, type Run, type RunProgress } from './run-store.ts'
import { startByFlow } from './start.ts'
import { type StepNotes, stepContext } from './step-context.ts'
import { evaluate, type RunWorld } from './world.ts'

/** A run that takes more has lost its way. */
const MOST_STEPS = 20_000

/** What came of a try: there is more to do at once, it rests, somebody else has it, or its flow has no room. */
export type Turn = 'more' | 'rest' | 'gone' | 'full'

export interface TurnOptions {
  /** Nothing of it stays: what leaves the database is told and not done. */
  readonly isSimulated?: boolean
}

/** The step at hand, for whoever has to tell of its fault. */
export interface AtHand {
  run: Run | undefined
  flow: ModelFlow | undefined
  step: FlowStep | undefined
  at: string
  item: RecordRef | undefined
  input: Readonly<Record<string, unknown>>
  position: Position
  begunAt: Date
}

/** Nothing is at hand yet. */
function emptyHand(deps: FlowDeps): AtHand {
  return {
    ...{ run: undefined, flow: undefined, step: undefined, at: '', item: undefined, input: {}, position: [] },
    begunAt: deps.now(),
  }
}

/**
 * Takes the next step of a run, with those before it that are passed over. What it does, its journal and where the run
 * stands then are one transaction: cut off anywhere, all of it is there or nothing.
 */
export async function takeStep(
  deps: FlowDeps,
  model: CompiledModel,
  id: string,
  options: TurnOptions = {},
): Promise<Turn> {
  const hand = emptyHand(deps)
  try {
    return await deps.db.transaction(async (tx) => {
      const run = await claimRun(tx, model.schema, id, deps.now())
      if (run === undefined) return 'gone'
      const gathering = createGathering(deps, model, tx)
      const turn = await walk({ deps, model, tx, gathering, hand, options }, run, () => true)
      await gathering.write()
      return turn
    })
  } catch (error) {
    if (error instanceof ModelMovedError || hand.run === undefined) throw error
    return await afterFault(deps, model, hand, error)
  }
}

/** After so long runs that are taken together commit, milliseconds: others wait for the records that they hold. */
const TOGETHER_MS = 50
/** Whoever holds what they need is not waited for, milliseconds: well before PostgreSQL would look for a deadlock. */
const LOCK_MS = 200

/**
 * Takes steps of several runs, and several steps of each, in one transaction: one commit, and one statement for all that
 * they write of themselves. They follow each other, so that each sees what those before it have done. Where one of them
 * fails nothing of it has been: they are to be taken one by one then, where what was done before a fault stays.
 * @returns what came of those that were taken; undefined where it has failed
 */
export async function takeTogether(
  deps: FlowDeps,
  model: CompiledModel,
  ids: readonly string[],
  isOver: () => boolean,
): Promise<readonly Turn[] | undefined> {
  const end = performance.now() + TOGETHER_MS
  const isTime = () => performance.now() > end || isOver()
  const work = async (tx: Transaction): Promise<readonly Turn[]> => {
    const gathering = createGathering(deps, model, tx)
    const turns: Turn[] = []
    for (const run of await claimRuns(tx, model.schema, ids, deps.now())) {
      const walking = { deps, model, tx, gathering, hand: emptyHand(deps), options: {} }
      turns.push(await walk(walking, run, isTime, turns.length > 0))
      if (isTime()) break
    }
    await gathering.write()
    return turns
  }
  try {
    return await deps.db.transaction(work, { lockTimeoutMs: LOCK_MS })
  } catch (error) {
    if (error instanceof ModelMovedError) throw error
    return undefined // whose fault it is, and what follows from it, is found out one by one
  }
}

type Walking = Pick<Taking, 'deps' | 'model' | 'tx' | 'gathering' | 'hand' | 'options'>

/**
 * Takes steps of a run until it rests, or one has had an effect and it is time to end.
 * @param isShared whether others have done something in the transaction already
 */
async function walk(walking: Walking, claimed: Run, isTime: () => boolean, isShared = false): Promise<Turn> {
  const { deps, tx, gathering, hand } = walking
  let run = claimed
  hand.run = run
  hand.position = run.position
  const model = await modelOfRun(tx, walking.model, claimed)
  if (model === undefined) {
    gathering.save({ ...run, dueAt: deps.now(), state: 'cancelled' })
    return 'rest'
  }
  const flow = await pinnedFlow(tx, model, deps.registry, run)
  hand.flow = flow
  if (!(await gathering.isSlotFree(flow))) return 'full'
  const placed = placesOf(deps, model, flow)
  let state: RunProgress = { ...run, dueAt: deps.now(), tries: 0, fault: undefined, state: 'waiting' }
  for (let isEnd = false; state.state === 'waiting'; ) {
    const next = stepAt(flow, state.position)
    if (next === undefined) {
      state = { ...state, state: 'done' }
      break
    }
    const isLong = placed.get(next.at)?.action?.takesLong === true
    if ((isEnd && isTime()) || (isLong && (isEnd || isShared))) break
    if (state.steps >= MOST_STEPS) throw refuse('FLOW_ENDLESS', '', { params: { limit: MOST_STEPS } })
    const taken = await take({ ...walking, model, run, flow }, state, placed.get(next.at)!)
    state = taken.state
    isEnd = taken.isEnd
    if (isEnd) run = { ...run, tries: 0 } // those that were counted were of the step that is done
  }
  gathering.save({ ...state, id: run.id })
  return state.state === 'waiting' ? 'more' : 'rest'
}

const placesKept = new WeakMap<CompiledModel, WeakMap<ModelFlow, ReadonlyMap<string, PlacedStep>>>()

/** The steps of a flow by their address, worked out once. */
function placesOf(deps: FlowDeps, model: CompiledModel, flow: ModelFlow): ReadonlyMap<string, PlacedStep> {
  let ofModel = placesKept.get(model)
  if (ofModel === undefined) {
    ofModel = new WeakMap()
    placesKept.set(model, ofModel)
  }
  let places = ofModel.get(flow)
  if (places === undefined) {
    places = new Map(placedSteps(flow, modelContext(deps, model)).map((one) => [one.at, one]))
    ofModel.set(flow, places)
  }
  return places
}

interface Taking {
  readonly deps: FlowDeps
  readonly model: CompiledModel
  readonly tx: Transaction
  readonly run: Run
  readonly flow: ModelFlow
  readonly gathering: Gathering
  readonly hand: AtHand
  readonly options: TurnOptions
}

interface Taken {
  readonly state: RunProgress
  /** Whether the transaction ends here: what was done is kept whatever the next step meets. */
  readonly isEnd: boolean
}

async function take(taking: Taking, state: RunProgress, placed: PlacedStep): Promise<Taken> {
  const { deps, model, tx, run, hand, options } = taking
  const { step, action, at } = placed
  const item = await itemOf(taking, state.position)
  Object.assign(hand, { step, at, item, position: state.position, begunAt: deps.now(), input: {} })
  if (action === undefined)
    throw new AppError(problem('META_ACTION_UNKNOWN', at, { params: { name: step.do } }))
  const world = worldOf(taking, state, placed, item)
  const isSkipped =
    step.when !== undefined &&
    action.takes.when === undefined &&
    (await evaluate(world, step.when, 'condition')) !== true
  if (isSkipped) {
    return { state: await noted(taking, state, placed, item, { state: 'skipped' }), isEnd: false }
  }
  const waiting = state.position.at(-1)?.waiting
  const notes: StepNotes = { input: {} }
  hand.input = notes.input
  const context = stepContext(
    {
      ...{
        deps,
        run: run.id,
        number: numberOf(state),
        world,
        flow: taking.flow.name,
        isSimulated: options.isSimulated === true,
      },
      gathering: taking.gathering,
      waitingSince: waiting === undefined ? undefined : new Date(waiting.since),
      start: (name, record) => startByFlow(deps, model, tx, run, name, record),
    },
    notes,
  )
  const isPlayed = options.isSimulated === true || deps.isPlayed === true
  const act = isPlayed && action.simulate !== undefined ? action.simulate : action.run
  const result = await act(context, step)
  const after = await BY_RESULT[result.kind](taking, state, placed, item, result as never, notes)
  return { state: after, isEnd: true }
}

type After<K extends StepResult['kind']> = (
  taking: Taking,
  state: RunProgress,
  placed: PlacedStep,
  item: RecordRef | undefined,
  result: Extract<StepResult, { readonly kind: K }>,
  notes: StepNotes,
) => Promise<RunProgress>

const BY_RESULT: { readonly [K in StepResult['kind']]: After<K> } = {
  done: (taking, state, placed, item, { output }, { input }) =>
    noted(taking, state, placed, item, { state: 'done', input, output }),
  async stop(taking, state, placed, item, _result, { input }) {
    const after = await noted(taking, state, placed, item, { state: 'done', input })
    return { ...after, state: 'done' }
  },
  async enter(taking, state, placed, item, { block, over }, { input }) {
    const output =
      over === undefined ? { way: block } : { ids: over.map(({ id }) => id), entity: over[0]?.entity }
    const isLate = block === 'late'
    const number = numberOf(state)
    const after = await noted(taking, state, placed, item, { state: isLate ? 'late' : 'done', input, output })
    if (over !== undefined && over.length === 0) return after
    const loop =
      over === undefined ? undefined : { journal: number, count: over.length, at: 0, entity: over[0]!.entity }
    return { ...after, position: entered(state.position, placed.at + pointer(block), loop) }
  },
  async wait(taking, state, placed, item, { until }, { input }) {
    const { deps, run, gathering } = taking
    const { step, at } = placed
    const known = state.position.at(-1)?.waiting
    const since = known?.since ?? deps.now().toISOString()
    const number = numberOf(state)
    gathering.journal({
      ...{
        run: run.id,
        number,
        path: at,
        name: step.name,
        action: step.do,
        item: item?.id,
        tries: run.tries + 1,
      },
      ...{ state: 'waiting', input, output: { until: until.toISOString() }, begunAt: new Date(since) },
    })
    return {
      ...state,
      ...{ state: 'sleeping', dueAt: until, steps: Math.max(state.steps, number) },
      position: waitingAt(state.position, { journal: number, since }),
    }
  },
}

/** The number of the step at hand in the journal; one that waited keeps its own. */
function numberOf(state: RunProgress): number {
  return state.position.at(-1)?.waiting?.journal ?? state.steps + 1
}

/** Writes the step into the journal and goes behind it. */
async function noted(
  { deps, run, flow, gathering }: Taking,
  state: RunProgress,
  { step, at }: PlacedStep,
  item: RecordRef | undefined,
  what: {
    readonly state: 'done' | 'skipped' | 'late'
    readonly input?: Readonly<Record<string, unknown>>
    readonly output?: Readonly<Record<string, unknown>> | undefined
  },
): Promise<RunProgress> {
  const waiting = state.position.at(-1)?.waiting
  const number = numberOf(state)
  const now = deps.now()
  gathering.journal({
    ...{
      run: run.id,
      number,
      path: at,
      name: step.name,
      action: step.do,
      item: item?.id,
      tries: run.tries + 1,
      ...what,
    },
    ...{ begunAt: waiting === undefined ? now : new Date(waiting.since), endedAt: now },
  })
  const isKnown = step.name !== undefined && what.state === 'done' && what.output !== undefined
  return {
    ...state,
    steps: Math.max(state.steps, number),
    position: nextPosition(flow, state.position),
    outputs: isKnown ? { ...state.outputs, [step.name!]: what.output! } : state.outputs,
  }
}

/** The record at hand of the innermost loop. */
async function itemOf({ gathering, run }: Taking, position: Position): Promise<RecordRef | undefined> {
  const loop = [...position].reverse().find((frame) => frame.loop !== undefined)?.loop
  if (loop === undefined) return undefined
  const id = await gathering.loopItem(run.id, loop)
  return id === undefined ? undefined : { entity: loop.entity, id }
}

function worldOf(
  { deps, model, tx, run, flow, gathering }: Taking,
  state: RunProgress,
  placed: PlacedStep,
  item: RecordRef | undefined,
): RunWorld {
  const entity = entityById(model, run.entity)
  return {
    context: flowContext(deps, model, { run: run.id, name: flow.name }),
    ...{ tx, place: placed.place, entity, item, people: gathering.people },
    run: { ...run, outputs: state.outputs },
  }
}
