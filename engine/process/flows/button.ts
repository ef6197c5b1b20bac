import type { FlowTrigger } from '../../../metadata/types.ts'
import type { Executor } from '../../db/database.ts'
import { AppError, refuse } from '../../errors.ts'
import { labelOf } from '../../forms/labels.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { isActive } from '../../model/kinds/flow.ts'
import { type NewOccasion, noteOccasions } from '../../model/silent/note.ts'
import type { Watched } from '../../model/silent/watched.ts'
import { observeNothing } from '../../observe.ts'
import { entityFor, type RecordAnswer, type RequestContext } from '../../records/context.ts'
import { getRecord, recordId } from '../../records/get.ts'
import { assertTouchable } from '../../records/touch.ts'
import type { Registry } from '../../registry/registry.ts'
import { buttonsFor } from './buttons.ts'
import type { FlowDeps, Wakes } from './deps.ts'
import type { ModelFlow } from './flow-index.ts'
import { runsFor } from './match-events.ts'
import { insertRuns } from './run-store.ts'
import { queueWakes } from './wakes.ts'

/**
 * The buttons of flows that somebody may press on a record as it stands: those whose conditions hold. None on one that
 * they may not change, or that an approval holds.
 * @throws AppError RECORD_NOT_FOUND
 */
export async function openButtons(
  context: RequestContext,
  registry: Registry,
  entityName: string,
  id: string,
  raw: Readonly<Record<string, string>>,
): Promise<RecordAnswer> {
  const [strange] = Object.keys(raw)
  if (strange !== undefined)
    throw refuse('HTTP_PARAMETER_UNKNOWN', `/${strange}`, { params: { name: strange } })
  const entity = entityFor(context, entityName)
  const record = recordId(id)
  await getRecord(context, entity.name, record, { fields: 'id' })
  const { model, actor } = context
  const buttons = actor.viewer === undefined ? buttonsFor(model, entity.name, actor.roles) : []
  const isOpen = buttons.length > 0 && (await mayTouch(context, entity, record))
  const open = isOpen ? await holding(context, registry, buttons, record) : []
  const data = open.map((flow) => ({
    name: flow.name,
    label: labelOf(model.translated.flow.get(flow.name) ?? flow, actor.language),
  }))
  return { status: 200, body: JSON.stringify({ data }) }
}

async function mayTouch(context: RequestContext, entity: CompiledEntity, record: string): Promise<boolean> {
  try {
    await assertTouchable(context, context.db, entity, record, 'update', '')
    return true
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return false
    throw error
  }
}

async function holding(
  context: RequestContext,
  registry: Registry,
  flows: readonly ModelFlow[],
  record: string,
): Promise<readonly ModelFlow[]> {
  if (flows.every(({ trigger }) => trigger.when === undefined)) return flows
  const { model, actor, now } = context
  const deps = depsOf(context, registry, queueWakes)
  return await context.db.transaction(async (tx) => {
    const open: ModelFlow[] = []
    for (const flow of flows) {
      const cause = { by: 'button', at: now().toISOString() } as const
      const candidate = { record, cause, actor: actor.id ?? null, chain: [], after: {} }
      if ((await runsFor(deps, model, tx, flow, [candidate])).length > 0) open.push(flow)
    }
    return open
  })
}

function depsOf({ db, model, now }: RequestContext, registry: Registry, wakes: Wakes): FlowDeps {
  return { db, registry, observe: observeNothing, now, wakes, modelOf: async () => model }
}

/** What a press is to a draft that changes the flow: whether its button would be there for whoever presses. */
function pressOf(
  { id, after }: Watched<'flow'>,
  flow: ModelFlow,
  entity: CompiledEntity,
  record: string,
  { id: actor, roles }: RequestContext['actor'],
): NewOccasion | undefined {
  if (id !== flow.id) return undefined
  const isThere = after?.trigger.record === entity.name && hasButton(after.trigger, roles)
  const occasion = { by: 'button', flow: id, now: true, draft: isThere } as const
  return { occasion, entity: entity.id, record, actor }
}

/** Whether a flow has a button for one of these roles. */
function hasButton({ button }: FlowTrigger, roles: readonly string[]): boolean {
  return (
    button !== undefined && (button.for === undefined || button.for.some(({ role }) => roles.includes(role)))
  )
}

/**
 * Runs the flow of a button on a record, for somebody who has the button and may change the record.
 * @throws AppError RECORD_NOT_FOUND, FLOW_UNKNOWN, AUTH_DENIED, FLOW_BUSY, FLOW_CONDITION_UNMET
 */
export async function pressButton(
  context: RequestContext,
  registry: Registry,
  entityName: string,
  id: string,
  name: string,
  options: { readonly runner?: Executor; readonly wakes?: Wakes } = {},
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const record = recordId(id)
  await getRecord(context, entity.name, record, { fields: 'id' })
  const { model, actor } = context
  const flow = model.definitions.flow.get(name) as ModelFlow | undefined
  const button = flow?.trigger.button
  const isMeant =
    flow !== undefined && button !== undefined && isActive(flow) && flow.trigger.record === entity.name
  if (!isMeant) throw refuse('FLOW_UNKNOWN', '', { params: { name: name.slice(0, 40) } })
  if (!hasButton(flow.trigger, actor.roles) || actor.viewer !== undefined) throw refuse('AUTH_DENIED')
  await assertTouchable(context, options.runner ?? context.db, entity, record, 'update', '')
  const now = context.now()
  const { wakes = queueWakes } = options
  const deps = depsOf(context, registry, wakes)
  return await context.db.transaction(async (tx) => {
    const cause = { by: 'button', at: now.toISOString() } as const
    const candidate = { record, cause, actor: actor.id ?? null, chain: [], after: {} }
    const runs = await runsFor(deps, model, tx, flow, [candidate])
    if (runs.length === 0) throw refuse('FLOW_CONDITION_UNMET')
    const [run] = await insertRuns(tx, model.schema, runs, now)
    if (run === undefined) throw refuse('FLOW_BUSY')
    await noteOccasions(tx, model, (watched) => pressOf(watched, flow, entity, record, actor), now)
    await wakes.runs(tx, model.workspace)
    return { status: 202, body: JSON.stringify({ data: { run } }) }
  })
}
