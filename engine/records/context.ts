import { nearest } from '../../metadata/nearest.ts'
import { type Access, accessOf } from '../access/access.ts'
import type { Actor } from '../access/actor.ts'
import type { Origin } from '../audit/origin.ts'
import type { Database } from '../db/database.ts'
import { didYouMean, type Problem, refuse } from '../errors.ts'
import type { CompiledEntity, CompiledModel } from '../model/compiled.ts'
import type { SearchPort } from '../registry/ports.ts'
import type { FurtherWords } from '../registry/words.ts'

/** What a write came through; kept in the audit. */
export const VIAS = [
  ...(['api', 'form', 'import', 'template', 'pipeline'] as const),
  ...(['assignment', 'pool', 'flow', 'webform', 'undo', 'system'] as const),
] as const
export type Via = (typeof VIAS)[number]

/** Everything one request to the record layer stands on; the model is taken once and kept to the end. */
export interface RequestContext {
  readonly model: CompiledModel
  readonly actor: Actor
  readonly access: Access
  readonly db: Database
  readonly search: SearchPort
  readonly via: Via
  /** How it takes what duplicate rules find; absent: a write that finds any waits for a word. */
  readonly duplicates?: DuplicateStance
  /** Why a record passes to another owner, where what it came through does not say it. */
  readonly taking?: 'claimed' | 'released' | 'recycled'
  /** How many actions of stages led to one another; absent for what somebody does. */
  readonly actionDepth?: number
  /** Where the request came from; absent where no client asked. */
  readonly origin?: Origin
  /** What says problems to who reads a language that the engine does not speak; absent for everybody else. */
  readonly words?: FurtherWords | undefined
  readonly now: () => Date
}

/** Who an answer is for, as far as its words go. */
export type Reader = Pick<RequestContext, 'words'> & { readonly actor: Pick<Actor, 'language'> }

/** How a write takes what duplicate rules find. */
export interface DuplicateStance {
  /** Whether the client knows and wants it all the same, where the rule leaves that to people. */
  readonly isAccepted?: boolean
  /** Whether it only wants to know: nothing is refused then, since nothing is stored. */
  readonly isDryRun?: boolean
  /** Whether the transaction holds all keys of the workspace, as those do that write many records. */
  readonly isHeld?: boolean
  /** What was found and refused nothing is put here. */
  readonly found?: SimilarFound[]
}

/** A match that a rule found for a record that is (or would be) stored. */
export interface SimilarFound {
  readonly action: 'allow' | 'warn' | 'block'
  readonly problem: Problem
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
