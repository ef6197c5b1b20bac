import { findActor } from '../access/find-actor.ts'
import { beyondProblem, rightsBeyondAll } from '../access/hand-out.ts'
import { AppError, refuse } from '../errors.ts'
import type { RequestContext } from '../records/context.ts'
import { getRecord } from '../records/get.ts'

/**
 * @throws AppError RECORD_NOT_FOUND for a user out of sight, AUTH_DENIED without the right `users`, AUTH_BEYOND_OWN for
 *   one who has administrative rights that the actor lacks
 */
export async function assertAdministers(context: RequestContext, userId: string): Promise<void> {
  await getRecord(context, 'user', userId, { fields: 'name' })
  if (!context.access.may('users')) throw refuse('AUTH_DENIED')
  const { db, model, access } = context
  const user = await findActor(db, model, userId)
  const beyond = rightsBeyondAll(model, access, user?.roles ?? [])
  if (beyond.length > 0) throw new AppError(beyondProblem('', beyond))
}
