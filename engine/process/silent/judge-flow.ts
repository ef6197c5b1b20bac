import type { FlowDefinition } from '../../../metadata/types.ts'
import { answerAs } from '../../actions/call.ts'
import type { Transaction } from '../../db/database.ts'
import { AppError } from '../../errors.ts'
import type { CompiledEntity, CompiledModel } from '../../model/compiled.ts'
import { isActive } from '../../model/kinds/flow.ts'
import { TRIGGER_STEP } from '../../model/kinds/flow-place.ts'
import type { NotedEvent, Occasion } from '../../model/silent/note.ts'
import type { Watched } from '../../model/silent/watched.ts'
import { flowContext } from '../flows/deps.ts'
import type { ModelFlow } from '../flows/flow-index.ts'
import { readRun } from '../flows/manage.ts'
import { type Candidate, candidatesOf, chainsOf, runsFor } from '../flows/match-events.ts'
import { outcomesFor } from '../flows/match-outcomes.ts'
import type { NewRun, RunCause } from '../flows/run-store.ts'
import { simulateRun } from '../flows/simulate.ts'
import { newRun } from '../flows/start.ts'
import {
  type Comparing,
  entityOf,
  GONE,
  incomparable,
  type Side,
  type StepTold,
  type Verdict,
} from './found.ts'
import { rewind } from './rewind.ts'
import { SHORT, takenBack } from './taken-back.ts'

/** A flow that takes longer would hold what others want, milliseconds. */
const MOST_MS = 2_000
/** Steps that are told of one side. */
const MOST_TOLD = 12

/** Whether both sides would start, and where they do the steps that each would take; undefined where neither would. */
export async function judgeFlow(
  { deps, inForce, run }: Comparing,
  watched: Watched<'flow'>,
  event: NotedEvent,
): Promise<Verdict | undefined> {
  const match = async (tx: Transaction) => ({
    now: await startedBy(deps, { model: inForce, key: 'now' }, tx, watched.before, event),
    draft: await startedBy(deps, { model: run.model, key: 'draft' }, tx, watched.after, event),
  })
  // What a write has left stands in its event; of a time or a press the record itself tells.
  const matched =
    event.occasion === undefined
      ? await deps.db.transaction(match)
      : await takenBack(deps.db, async (tx) => {
          await rewind(tx, inForce, event)
          return await match(tx)
        })
  const isAlike = JSON.stringify(watched.before?.steps) === JSON.stringify(watched.after?.steps)
  const isBoth = matched.now !== undefined && matched.draft !== undefined
  if (matched.now === undefined && matched.draft === undefined) return undefined
  if (isBoth && isAlike) return { differs: 'same', sides: {} }
  const at = deps.now()
  const fixed = { ...deps, now: () => at } // so that what both work out of the time is the same
  const now = await taken(fixed, inForce, matched.now, event)
  const draft = await taken(fixed, run.model, matched.draft, event)
  const sides = { now: now.side, draft: draft.side }
  if (!isBoth) return { differs: matched.now === undefined ? 'only_draft' : 'only_now', sides }
  return now.key === draft.key ? { differs: 'same', sides: {} } : { differs: 'other_steps', sides }
}

interface SideModel {
  readonly model: CompiledModel
  readonly key: 'now' | 'draft'
}

/** The run that a write, or what has come otherwise, would start; undefined where it starts none. */
async function startedBy(
  deps: Comparing['deps'],
  { model, key }: SideModel,
  tx: Transaction,
  definition: FlowDefinition | undefined,
  event: NotedEvent,
): Promise<NewRun | undefined> {
  const flow = definition && (model.definitions.flow.get(definition.name) as ModelFlow | undefined)
  const entity = entityOf(model, event)
  const { occasion } = event
  if (flow === undefined || !isActive(flow) || occasion?.[key] === false) return undefined
  if (entity === undefined)
    return occasion === undefined || event.entity !== null
      ? undefined
      : aboutNothing(model, flow, occasion, event)
  if (flow.trigger.record !== undefined && flow.trigger.record !== entity.name) return undefined
  const chains = await chainsOf(tx, model, [event])
  const context = flowContext(deps, model, { name: flow.name })
  const candidates =
    occasion !== undefined
      ? [candidateBy(occasion, event)]
      : flow.trigger.approval === undefined
        ? candidatesOf(context, entity, flow, [event], chains)
        : outcomesFor(model, flow, [event])
  const [started] = await runsFor(deps, model, tx, flow, candidates)
  if (started?.fault !== undefined) throw new AppError(started.fault)
  if (candidates.length > 0 && !(await isThere(tx, entity, event))) throw incomparable(GONE)
  // How often a flow may run is not compared: the one in force has begun already.
  return started === undefined || started.cut !== undefined ? undefined : atAnyRate(started)
}

const atAnyRate = (run: NewRun): NewRun => ({ ...run, slot: undefined, once: false })

function causeOf({ by, due, event }: Occasion, at: string): RunCause {
  return { by, at, ...(due === undefined ? {} : { due }), ...(event === undefined ? {} : { event }) }
}

/** A record whose time has come, or whose button was pressed. */
function candidateBy(occasion: Occasion, { record, actor, at }: NotedEvent): Candidate {
  return { record: record!, actor, chain: [], after: {}, cause: causeOf(occasion, at) }
}

/** The run of a schedule, or of what a connection told. */
function aboutNothing(model: CompiledModel, flow: ModelFlow, occasion: Occasion, { at }: NotedEvent): NewRun {
  const told = occasion.told
  const outputs: NonNullable<NewRun['outputs']> =
    told === undefined ? {} : { [TRIGGER_STEP]: answerAs(told, flow.trigger.gives) }
  return atAnyRate(newRun(model, flow, undefined, { cause: causeOf(occasion, at), actor: null, outputs }))
}

/** A record in the recycle bin counts: a flow may be about just that. */
async function isThere(tx: Transaction, { table }: CompiledEntity, { record }: NotedEvent): Promise<boolean> {
  const { rows } = await tx.query({
    text: `SELECT 1 FROM ${table} t WHERE t."id" = $1::uuid`,
    values: [record],
  })
  return rows.length > 0
}

interface Taken {
  readonly side: Side
  /** By which it is compared with the other. */
  readonly key: string
}

interface JournalStep {
  readonly action: string
  readonly state: string
  readonly item: string | null
  readonly input: unknown
  readonly fault: { readonly code: string; readonly message: string } | null
  readonly sentence: string
}

interface ReadRun {
  readonly state: string
  readonly journal: readonly JournalStep[]
}

async function taken(
  deps: Comparing['deps'],
  model: CompiledModel,
  run: NewRun | undefined,
  event: NotedEvent,
): Promise<Taken> {
  if (run === undefined) return { side: { does: 'nothing' }, key: '' }
  const since = Date.now()
  const { english, chinese } = await simulateRun(deps, model, run, {
    prepare: (tx) => rewind(tx, model, event),
    read: async (own, id) => ({
      english: (await readRun(own, model, id, { actor: { language: 'en' } })) as ReadRun,
      chinese: (await readRun(own, model, id, { actor: { language: 'zh-CN' } })) as ReadRun,
    }),
    transaction: SHORT,
    limitMs: MOST_MS,
  })
  const told = english.journal.flatMap(({ state, sentence, fault }, index): readonly StepTold[] => {
    if (state === 'skipped') return []
    const other = chinese.journal[index]
    const text = { en: sentence, 'zh-CN': other?.sentence ?? sentence }
    if (fault === null) return [{ text }]
    return [{ text, fault: { en: fault.message, 'zh-CN': other?.fault?.message ?? fault.message } }]
  })
  const side = {
    does: 'runs' as const,
    steps: told.slice(0, MOST_TOLD),
    more: Math.max(0, told.length - MOST_TOLD),
  }
  return { side, key: keyOf(english, since) }
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** What a run did, with the records that it made itself by number: each try gives them other ids. */
function keyOf({ state, journal }: ReadRun, since: number): string {
  const steps = journal
    .filter((step) => step.state !== 'skipped')
    .map(({ action, state: how, item, input, fault }) => [action, how, item, input, fault?.code ?? null])
  const made = new Map<string, string>()
  return JSON.stringify([state, steps]).replaceAll(UUID, (id) => {
    // Ids of version 7 begin with when they were made.
    if (Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) < since) return id
    const known = made.get(id) ?? `#${made.size}`
    made.set(id, known)
    return known
  })
}
