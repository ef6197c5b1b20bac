import { SYSTEM_ACTOR } from '../access/actor.ts'
import { findActor } from '../access/find-actor.ts'
import type { Database } from '../db/database.ts'
import type { CompiledEntity, CompiledModel } from '../model/compiled.ts'
import { isRecord } from '../model/pointer.ts'
import type { ApprovalPlay } from '../records/approval-play.ts'
import type { Automation, EventMark } from '../records/automation.ts'
import { type RequestContext, requestContext, type Via } from '../records/context.ts'
import type { WebformPort } from '../records/webform-port.ts'
import type { ReportsPort, SearchPort } from '../registry/ports.ts'

/** A record of a scenario by its name. */
export interface StagedRecord {
  readonly entity: string
  readonly id: string
}

/** Where a scenario is played: the model, who and what has a name, and what time it is. */
export interface Stage {
  readonly db: Database
  readonly model: CompiledModel
  readonly search: SearchPort
  readonly reports: () => ReportsPort
  readonly webforms: () => WebformPort
  readonly names: Map<string, StagedRecord>
  clock: Date
  /** What people do with approvals; absent where there are none. */
  readonly approvals?: ApprovalPlay | undefined
  /** What acts by itself; absent where nothing does. */
  readonly automation?: { readonly of: Automation; readonly mark: EventMark } | undefined
}

/** The engine's own eyes and hands. */
export function engineContext(stage: Stage, via: Via = 'system'): RequestContext {
  const { db, model, search } = stage
  return requestContext({ db, model, search, actor: SYSTEM_ACTOR, via, now: () => stage.clock })
}

/** What somebody of the scenario asks for, with the rights that their roles have at that moment. */
export async function contextOf(stage: Stage, name: string, via: Via = 'api'): Promise<RequestContext> {
  const { db, model, search } = stage
  const id = stage.names.get(name)?.id ?? ''
  const actor = await findActor(db, model, id)
  if (actor === undefined) throw new Error(`"${name}" is no user of the scenario`)
  return requestContext({ db, model, search, actor, via, now: () => stage.clock })
}

/** The entity of that name; the check has let no other pass. */
export function entityOf(model: CompiledModel, name: string): CompiledEntity {
  const entity = model.entities.get(name)
  if (entity === undefined) throw new Error(`there is no entity "${name}"`)
  return entity
}

/** Values as the API takes them: names of records of the scenario become what points to these. */
export function withIds(
  stage: Pick<Stage, 'model' | 'names'>,
  entityName: string,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const entity = entityOf(stage.model, entityName)
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, pointed(stage, entity, name, value)]),
  )
}

function pointed(
  stage: Pick<Stage, 'model' | 'names'>,
  entity: CompiledEntity,
  name: string,
  value: unknown,
): unknown {
  const relation = entity.fields.get(name)?.relation
  if (relation === undefined) return value
  if (relation.kind === 'children') {
    if (!Array.isArray(value)) return value
    return value.map((body: unknown) => (isRecord(body) ? withIds(stage, relation.of, body) : body))
  }
  const idOf = (one: unknown) => (typeof one === 'string' ? (stage.names.get(one)?.id ?? one) : one)
  if (relation.kind === 'many') return Array.isArray(value) ? value.map(idOf) : value
  if (relation.kind !== 'dynamic') return idOf(value)
  const target = typeof value === 'string' ? stage.names.get(value) : undefined
  return target === undefined ? value : { entity: target.entity, id: target.id }
}

/** What follows from what has happened, as it would a moment later. */
export async function settle(stage: Stage): Promise<void> {
  await stage.automation?.of.settle(engineContext(stage), stage.automation.mark)
}
