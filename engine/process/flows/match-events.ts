import type { FlowDefinition } from '../../../metadata/types.ts'
import { trailKey } from '../../audit/trail.ts'
import type { Transaction } from '../../db/database.ts'
import { parseJson } from '../../db/values.ts'
import { databaseOn } from '../../db/within-transaction.ts'
import { AppError, type Problem } from '../../errors.ts'
import type { WorkspaceEvent } from '../../events/event.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../../model/compiled.ts'
import { entityOfTrigger } from '../../model/kinds/flow-entity.ts'
import { triggerScope } from '../../model/kinds/flow-place.ts'
import { isRecord } from '../../model/pointer.ts'
import type { RequestContext } from '../../records/context.ts'
import { presentValue } from '../../records/history-changes.ts'
import { type FlowDeps, flowContext, modelContext } from './deps.ts'
import type { ModelFlow } from './flow-index.ts'
import type { ChainLink, NewRun, RunCause } from './run-store.ts'
import { newRun } from './start.ts'
import { typedRule } from './world.ts'
import { type WrittenRecord, writtenWorld } from './written-world.ts'

/** A record that may set a flow off, and how. */
export interface Candidate {
  readonly record: string
  readonly cause: RunCause
  readonly actor: string | null
  readonly chain: readonly ChainLink[]
  /** What the write left, by field, where later ones may have changed it since. */
  readonly after: Readonly<Record<string, unknown>>
}

/** The ways of writes that a step may have led to: its own, and what an assignment or a stage did about it. */
const FOLLOWS: ReadonlySet<string> = new Set(['flow', 'assignment', 'pipeline'])

const WORDS = { create: 'created', update: 'changed', delete: 'deleted', restore: 'restored' } as const

/** The candidates of a flow among events of its entity. */
export function candidatesOf(
  context: RequestContext,
  entity: CompiledEntity,
  { trigger }: FlowDefinition,
  events: readonly WorkspaceEvent[],
  chains: ReadonlyMap<string, readonly ChainLink[]>,
): readonly Candidate[] {
  const { on = [], fields, via } = trigger
  const keys = fields?.flatMap((name) => keysOf(entity, name))
  return events.flatMap((event): readonly Candidate[] => {
    const by = WORDS[event.action as keyof typeof WORDS]
    if (event.record === null || by === undefined || !on.includes(by) || event.via === 'template') return []
    if (via !== undefined && !(via as readonly string[]).includes(event.via)) return []
    if (by === 'changed' && keys !== undefined && !event.fields.some((key) => keys.includes(key))) return []
    const chain = FOLLOWS.has(event.via) && event.request !== null ? (chains.get(event.request) ?? []) : []
    const { before, after, names } = valuesOf(context, entity, event)
    const cause: RunCause = {
      ...{ by, at: event.at },
      ...(by === 'changed' ? { fields: names, before } : {}),
    }
    return [{ record: event.record, cause, actor: event.actor, chain, after }]
  })
}

/** Under which keys the audit tells of a field: its own, or those of what it is kept beside. */
export function keysOf(entity: CompiledEntity, name: string): readonly string[] {
  const field = entity.fields.get(name)
  if (field === undefined) return []
  const beside = field.follows === undefined ? undefined : entity.fields.get(field.follows)
  return [trailKey(field), ...(beside === undefined ? [] : [trailKey(beside)])]
}

/** What a write replaced and left, by field, and which fields it touched; those kept in several columns stay out of the first two. */
export function valuesOf(context: RequestContext, entity: CompiledEntity, event: WorkspaceEvent) {
  const before: Record<string, unknown> = {}
  const after: Record<string, unknown> = {}
  const names: string[] = []
  for (const field of entity.fields.values()) {
    const key = trailKey(field)
    if (!event.fields.includes(key)) continue
    names.push(field.name)
    const kept = event.changes[key]
    const change =
      event.action === 'create'
        ? { after: kept }
        : (kept as { before?: unknown; after?: unknown } | undefined)
    const isPlain = field.columns.length === 1 || field.type.computed !== undefined
    if (change === undefined || field.type.sealing !== undefined || !isPlain) continue
    before[field.name] = presentValue(context, keptValue(field, change.before))
    after[field.name] = presentValue(context, keptValue(field, change.after))
  }
  return { before, after, names }
}

/** Where a formula had no value, the audit says why; to a rule that is nothing. */
function keptValue({ type }: CompiledField, kept: unknown): unknown {
  const isFault = type.computed !== undefined && isRecord(kept) && 'error' in kept
  return isFault ? null : (kept ?? null)
}

/**
 * The runs of those candidates for which the flow's condition holds: over the record as the write left it, with what was
 * there before and who did it. One that cannot be judged becomes a run that has failed, for somebody to look at.
 */
export async function runsFor(
  deps: FlowDeps,
  model: CompiledModel,
  tx: Transaction,
  flow: ModelFlow,
  candidates: readonly Candidate[],
): Promise<readonly NewRun[]> {
  if (candidates.length === 0) return []
  const entity = model.entities.get(entityOfTrigger(flow.trigger, model.definitions) ?? '')
  if (entity === undefined) return []
  const make = (one: Candidate, more: { slot?: string | undefined; fault?: Problem } = {}): NewRun =>
    newRun(model, flow, one.record, {
      ...{ cause: one.cause, actor: one.actor, chain: one.chain },
      slot: flow.runs === 'many' ? undefined : one.record,
      ...more,
    })
  if (flow.trigger.when === undefined && flow.key === undefined) return candidates.map((one) => make(one))
  const context = flowContext(deps, model, { name: flow.name, db: databaseOn(tx) })
  try {
    const judge = await judgeOf(deps, context, entity, flow, candidates)
    const runs: NewRun[] = []
    for (const one of candidates) {
      const judged = await judge(one)
      if (judged !== undefined) runs.push(make(one, judged))
    }
    return runs
  } catch (error) {
    // A condition that the model no longer bears is the flow's fault, not the database's.
    if (!(error instanceof AppError) || error.status === 503) throw error
    return candidates.map((one) => make(one, { fault: error.problems[0]! }))
  }
}

type Judge = (one: Candidate) => Promise<{ readonly slot?: string } | undefined>

/** Loads what condition and key look at, of all candidates at once. */
async function judgeOf(
  deps: FlowDeps,
  context: RequestContext,
  entity: CompiledEntity,
  flow: ModelFlow,
  candidates: readonly Candidate[],
): Promise<Judge> {
  const { model } = context
  const scope = () => triggerScope(modelContext(deps, model), entity.name)
  const kept = `${model.workspace} ${model.version} trigger`
  const when =
    flow.trigger.when === undefined ? undefined : typedRule(flow.trigger.when, scope, 'condition', kept)
  const key = flow.key === undefined ? undefined : typedRule(flow.key, scope, 'any', kept)
  const rules = [when, key].flatMap((rule) => rule ?? [])
  const { ask } = await writtenWorld(context, entity, rules, candidates.map(asWritten))
  return async (one) => {
    if (when !== undefined && (await ask(when, asWritten(one))) !== true) return undefined
    if (key === undefined || flow.runs === 'many') return {}
    const value = await ask(key, asWritten(one))
    return value === null || value === undefined ? {} : { slot: JSON.stringify(value).slice(0, 500) }
  }
}

const asWritten = ({ record, actor, cause, after }: Candidate): WrittenRecord => ({
  ...{ record, actor, after },
  before: cause.before,
})

/** Which runs led to the writes of flows, by the run that wrote: what follows goes on from there. */
export async function chainsOf(
  tx: Transaction,
  { schema }: CompiledModel,
  events: readonly WorkspaceEvent[],
): Promise<ReadonlyMap<string, readonly ChainLink[]>> {
  const ids = [
    ...new Set(events.flatMap(({ via, request }) => (FOLLOWS.has(via) && request !== null ? [request] : []))),
  ]
  if (ids.length === 0) return new Map()
  const { rows } = await tx.query<{ id: string; flow: string; record: string | null; chain: string }>({
    text: `SELECT id::text AS id, flow::text AS flow, record::text AS record, chain::text AS chain FROM ${schema}.tenon_run WHERE id = ANY($1::uuid[])`,
    values: [ids],
  })
  return new Map(
    rows.map(({ id, flow, record, chain }) => [
      id,
      [...parseJson<readonly ChainLink[]>(chain), { flow, record }],
    ]),
  )
}
