import { accessOf } from '../access/access.ts'
import type { Actor } from '../access/actor.ts'
import { refuse } from '../errors.ts'
import type { RequestContext } from '../records/context.ts'

/**
 * The context in which people reach their own user record, whatever their roles say about users: what may be asked
 * and changed there is the caller's matter.
 */
export function ownContext(context: RequestContext): RequestContext {
  const actor: Actor = { ...context.actor, roles: ['administrator'], roleKey: 'administrator' }
  return { ...context, actor, access: accessOf(context.model, actor) }
}

/**
 * The id of the person in a session.
 * @throws AppError AUTH_SESSION_NEEDED for an API token, which is no person
 */
export function personIn({ actor }: RequestContext): string {
  if (actor.kind !== 'user' || actor.id === undefined) throw refuse('AUTH_SESSION_NEEDED')
  return actor.id
}
