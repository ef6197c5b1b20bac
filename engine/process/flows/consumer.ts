import type { Transaction } from '../../db/database.ts'
import type { EventConsumer } from '../../events/consumer.ts'
import type { EventBatch, WorkspaceEvent } from '../../events/event.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { entityById } from '../../model/entity-by-id.ts'
import { startDue, timeSql } from './clock.ts'
import { type FlowDeps, flowContext } from './deps.ts'
import { flowIndex, type ModelFlow } from './flow-index.ts'
import { candidatesOf, chainsOf, keysOf, runsFor } from './match-events.ts'
import { outcomesFor } from './match-outcomes.ts'
import { eventsByModel } from './model-of.ts'
import { insertRuns } from './run-store.ts'

/** Flows take events: writes set them off, move their times, and wake those that wait for a record. */
export function flowConsumer(deps: FlowDeps): EventConsumer {
  return {
    name: 'flows',
    async take({ workspace, events }: EventBatch, tx) {
      const isPublished = events.some(({ action }) => action === 'published')
      // Who tries which flows is part of the model: what they write next is judged by it.
      const isMoved = isPublished || events.some(({ action }) => action === 'pilot')
      const model = await deps.modelOf(workspace, isMoved)
      if (model === undefined) return
      if (isPublished) await deps.wakes.clock(tx, workspace, deps.now())
      await takeEvents(deps, model, tx, events)
    },
  }
}

/** The same for events that are at hand. */
export async function takeEvents(
  deps: FlowDeps,
  model: CompiledModel,
  tx: Transaction,
  events: readonly WorkspaceEvent[],
): Promise<void> {
  const ofRecords = events.filter(({ record, entity }) => record !== null && entity !== null)
  if (ofRecords.length === 0) return
  await wakeSleepers(deps, model, tx, ofRecords)
  let started = 0
  for (const [own, written] of await eventsByModel(tx, model, ofRecords))
    started += await startByWrites(deps, own, tx, written)
  const { byTime, byOutcome } = flowIndex(model)
  for (const [id, group] of byEntity(ofRecords)) {
    for (const flow of byOutcome.get(id) ?? []) {
      const runs = await runsFor(deps, model, tx, flow, outcomesFor(model, flow, group))
      started += (await insertRuns(tx, model.schema, runs, deps.now())).length
    }
    for (const flow of byTime.get(id) ?? []) await moveTimes(deps, model, tx, flow, group)
  }
  if (started > 0) await deps.wakes.runs(tx, model.workspace)
}

/** @returns how many runs writes have set off */
async function startByWrites(
  deps: FlowDeps,
  model: CompiledModel,
  tx: Transaction,
  events: readonly WorkspaceEvent[],
): Promise<number> {
  const { byWrite } = flowIndex(model)
  const chains = byWrite.size === 0 ? new Map() : await chainsOf(tx, model, events)
  let started = 0
  for (const [id, group] of byEntity(events)) {
    const entity = entityById(model, id)
    for (const flow of entity === undefined ? [] : (byWrite.get(id) ?? [])) {
      const context = flowContext(deps, model, { name: flow.name })
      const candidates = candidatesOf(context, entity!, flow, group, chains)
      const runs = await runsFor(deps, model, tx, flow, candidates)
      started += (await insertRuns(tx, model.schema, runs, deps.now())).length
    }
  }
  return started
}

/** Events of records by the id of their entity. */
function byEntity(events: readonly WorkspaceEvent[]): ReadonlyMap<string, readonly WorkspaceEvent[]> {
  const found = new Map<string, WorkspaceEvent[]>()
  for (const event of events) found.set(event.entity!, [...(found.get(event.entity!) ?? []), event])
  return found
}

/** Runs that wait and are about one of the records are asked again. */
async function wakeSleepers(
  deps: FlowDeps,
  { schema, workspace }: CompiledModel,
  tx: Transaction,
  events: readonly WorkspaceEvent[],
): Promise<void> {
  const ids = [...new Set(events.map(({ record }) => record))]
  const { rowCount } = await tx.query({
    text:
      `UPDATE ${schema}.tenon_run SET due_at = $2 WHERE state = 'sleeping' AND record = ANY($1::uuid[]) ` +
      'AND due_at > $2::timestamptz',
    values: [ids, deps.now().toISOString()],
  })
  if (rowCount > 0) await deps.wakes.runs(tx, workspace)
}

/** Times that a write has set: the clock looks again in time, and what is over already is made up where the flow says so. */
async function moveTimes(
  deps: FlowDeps,
  model: CompiledModel,
  tx: Transaction,
  flow: ModelFlow,
  events: readonly WorkspaceEvent[],
): Promise<void> {
  const touched = await touchedTimes(tx, model, flow, events)
  if (touched.length === 0) return
  const { rows } = await tx.query<{ looked_at: string }>({
    text: `SELECT to_json(looked_at)#>>'{}' AS looked_at FROM ${model.schema}.tenon_flow_clock WHERE flow = $1`,
    values: [flow.id],
  })
  const looked = rows[0] === undefined ? deps.now() : new Date(rows[0].looked_at)
  if (flow.trigger.time?.missed === 'now') {
    await startDue(
      deps,
      model,
      tx,
      flow,
      touched.filter(({ due }) => due <= looked),
    )
  }
  const ahead = touched.flatMap(({ due }) => (due <= looked ? [] : [due.getTime()]))
  if (ahead.length > 0) await deps.wakes.clock(tx, model.workspace, new Date(Math.min(...ahead)))
}

/** The times of a flow's records of which writes have set the field, with the last write that did. */
export async function touchedTimes(
  tx: Transaction,
  model: CompiledModel,
  flow: ModelFlow,
  events: readonly WorkspaceEvent[],
): Promise<readonly { readonly id: string; readonly due: Date; readonly event: WorkspaceEvent }[]> {
  const found = timeSql(model, flow)
  const entity = model.entities.get(flow.trigger.record ?? '')
  if (found === undefined || entity === undefined) return []
  const keys = keysOf(entity, flow.trigger.time?.field ?? '')
  const touched = new Map<string, WorkspaceEvent>()
  for (const event of events) {
    const { action, fields, via, record } = event
    const isSet = action === 'create' || action === 'restore' || fields.some((key) => keys.includes(key))
    if (record !== null && event.entity === entity.id && via !== 'template' && isSet)
      touched.set(record, event)
  }
  if (touched.size === 0) return []
  const { rows } = await tx.query<{ id: string; due: string }>({
    text:
      `SELECT d.id::text AS id, to_json(d.due)#>>'{}' AS due ` +
      `FROM (${found.select(' AND t."id" = ANY($1::uuid[])')}) d`,
    values: [[...touched.keys()]],
  })
  return rows.map(({ id, due }) => ({ id, due: new Date(due), event: touched.get(id)! }))
}
