import { endPasses } from '../../access/passes.ts'
import { endSessions } from '../../access/sign-in.ts'
import type { RecordAnswer } from '../../records/context.ts'
import { carriedToken } from '../authenticate.ts'
import { invite } from '../invite.ts'
import type { RecordRequest } from './record-calls.ts'

/** A write that may have been one on users. */
type UserWrite = Pick<RecordRequest, 'deps' | 'context' | 'request'> & {
  readonly match: Pick<RecordRequest['match'], 'entity' | 'route' | 'first'>
}

/**
 * After a write on users: every node forgets what it knew of them, so that roles taken away are away at once.
 * A new password ends the sessions that were opened with the old one, but not the one that changed it.
 */
export async function noticeUserChange(
  { deps, context, match, request }: UserWrite,
  body: unknown,
  answer: RecordAnswer,
): Promise<void> {
  if (match.entity !== 'user') return
  const only = match.route === 'record' ? match.first.toLowerCase() : undefined
  for (const userId of usersWithNewPassword(only, body, answer)) {
    await endSessions(deps.db, context.model, userId, keptToken({ deps, context, request }, userId))
  }
  for (const userId of usersWithOtherStanding(only, body)) await endPasses(deps.db, context.model, userId)
  await deps.sessions.usersChanged(deps.db, context.model.workspace, only)
}

/**
 * A user made without a password is invited; the answer tells the link to pass on, or that it is mailed. Links are not
 * part of what an Idempotency-Key keeps: a repeated call invites nobody again.
 */
export async function inviteNewUser(
  { deps, context, match, request }: RecordRequest,
  body: unknown,
  answer: RecordAnswer,
): Promise<RecordAnswer> {
  const id = match.entity === 'user' && answer.status === 201 && !hasPassword(body) ? idOf(answer) : undefined
  if (id === undefined || answer.headers?.['Idempotency-Replayed'] !== undefined) return answer
  const { active } = (JSON.parse(answer.body) as { readonly data: { readonly active?: unknown } }).data
  if (active === false) return answer
  const invitation = await invite(deps, context, request, id)
  return { ...answer, body: `${answer.body.slice(0, -1)},"invitation":${JSON.stringify(invitation)}}` }
}

function keptToken(
  { deps, context, request }: Pick<RecordRequest, 'deps' | 'context' | 'request'>,
  userId: string,
): string | undefined {
  return userId === context.actor.id ? carriedToken(deps, request)?.token : undefined
}

/** The ids of the users whose password a stored body has set: of one record, an upsert, or a bulk call. */
function usersWithNewPassword(
  id: string | undefined,
  body: unknown,
  answer: RecordAnswer,
): readonly string[] {
  if (hasPassword(body)) return [id ?? idOf(answer)].filter((one) => one !== undefined)
  const updates: unknown = isObject(body) ? body.update : undefined
  if (!Array.isArray(updates)) return []
  return updates.filter(hasPassword).flatMap((update) => (typeof update.id === 'string' ? [update.id] : []))
}

const STANDING = ['password', 'email', 'active'] as const

/** Whose links are good no more: they were made for another password, address or standing. */
function usersWithOtherStanding(id: string | undefined, body: unknown): readonly string[] {
  const changes = (value: unknown) => isObject(value) && STANDING.some((name) => Object.hasOwn(value, name))
  if (id !== undefined) return changes(body) ? [id] : []
  const updates: unknown = isObject(body) ? body.update : undefined
  if (!Array.isArray(updates)) return []
  return updates.flatMap((update) => (changes(update) && typeof update.id === 'string' ? [update.id] : []))
}

function idOf(answer: RecordAnswer): string | undefined {
  const parsed: unknown = JSON.parse(answer.body)
  const data = isObject(parsed) ? parsed.data : undefined
  return isObject(data) && typeof data.id === 'string' ? data.id : undefined
}

function hasPassword(value: unknown): value is { readonly id?: unknown } {
  return isObject(value) && Object.hasOwn(value, 'password')
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
