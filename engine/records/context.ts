import { nearest } from '../../metadata/nearest.ts'
import { type Access, accessOf } from '../access/access.ts'
import type { Actor } from '../access/actor.ts'
import type { Origin } from '../audit/origin.ts'
import type { Database } from '../db/database.ts'
import { didYouMean, refuse } from '../errors.ts'
import type { CompiledEntity, CompiledModel } from '../model/compiled.ts'
import type { SearchPort } from '../registry/ports.ts'

/** What a write came through; kept in the audit. */
export type Via = 'api' | 'form' | 'import' | 'template' | 'pipeline' | 'assignment' | 'flow' | 'system'

/** Everything one request to the record layer stands on; the model is taken once and kept to the end. */
export interface RequestContext {
  readonly model: CompiledModel
  readonly actor: Actor
  readonly access: Access
  readonly db: Database
  readonly search: SearchPort
  readonly via: Via
  /** How many actions of stages led to one another; absent for what somebody does. */
  readonly actionDepth?: number
  /** Where the request came from; absent where no client asked. */
  readonly origin?: Origin
  readonly now: () => Date
}

/** A finished answer: its JSON text goes out as it is. */
export interface RecordAnswer {
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

export type ContextSource = Omit<RequestContext, 'access' | 'now'> & { readonly now?: () => Date }

/** A context with the access of its actor under its model. */
export function requestContext(source: ContextSource): RequestContext {
  return { now: () => new Date(), ...source, access: accessOf(source.model, source.actor) }
}

/**
 * The entity of that name as the actor may know it.
 * @throws AppError ENTITY_UNKNOWN with the nearest name; also for an entity of which the actor may do nothing
 */
export function entityFor(context: RequestContext, name: string): CompiledEntity {
  const entity = context.model.entities.get(name)
  if (entity !== undefined && isKnown(context, name)) return entity
  const known = [...context.model.entities.keys()].filter((other) => isKnown(context, other))
  throw refuse('ENTITY_UNKNOWN', '', { params: { name }, hint: didYouMean(nearest(name, known)) })
}

function isKnown(context: RequestContext, name: string): boolean {
  const access = context.access.entity(name)
  return access.read !== 'none' || access.create
}
