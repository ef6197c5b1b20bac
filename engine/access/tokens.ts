import { nearest } from '../../metadata/nearest.ts'
import type { Database } from '../db/database.ts'
import { AppError, didYouMean, type Problem, problem, refuse } from '../errors.ts'
import { isStorableText } from '../fields/parts/formats.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { type Access, accessOf } from './access.ts'
import type { Actor } from './actor.ts'
import { tokenRoles } from './hand-out.ts'
import { hashToken, newToken } from './sessions.ts'

const DEFAULT_DAYS = 90
const MAX_DAYS = 3650
const MAX_LABEL_LENGTH = 120

export interface TokenRequest {
  readonly label: string
  /** Role names; [] asks for a token that may do nothing yet and is refused. */
  readonly roles: readonly string[]
  /** An ISO instant; absent: 90 days from now. */
  readonly expiresAt?: string
}

/** A token as it is shown once; only its hash is kept. */
export interface IssuedToken {
  /** As the list gives it; it revokes the token. */
  readonly id: string
  readonly token: string
  readonly label: string
  readonly roles: readonly string[]
  readonly expires_at: string
}

/**
 * Issues an API token that acts as its maker with roles of its own: some of the maker's, or any where the
 * maker may hand out roles to users anyway.
 * @throws AppError AUTH_DENIED without the right `tokens`; every fault of the request at once
 */
export async function issueToken(
  db: Database,
  model: CompiledModel,
  actor: Actor,
  request: TokenRequest,
  now: Date,
): Promise<IssuedToken> {
  const access = accessOf(model, actor)
  if (actor.id === undefined || !access.may('tokens')) throw refuse('AUTH_DENIED')
  const expiresAt =
    request.expiresAt === undefined ? daysLater(now, DEFAULT_DAYS) : new Date(request.expiresAt)
  const problems = [
    ...checkLabel(request.label),
    ...checkRoles(model, actor, access, request.roles),
    ...checkExpiry(expiresAt, now),
  ]
  if (problems.length > 0) throw new AppError(problems)
  const token = newToken()
  const hash = hashToken(token)
  const roles = [...new Set(request.roles)].sort()
  await db.query({
    text: `INSERT INTO ${model.schema}.tenon_session (token_hash, kind, user_id, label, roles, expires_at)
VALUES ($1, 'token', $2, $3, $4, $5)`,
    values: [hash, actor.id, request.label, roles, expiresAt.toISOString()],
  })
  return { id: hash.toString('hex'), token, label: request.label, roles, expires_at: expiresAt.toISOString() }
}

function checkLabel(label: string): Problem[] {
  if (label.trim() === '') return [problem('FIELD_REQUIRED', '/label')]
  if (!isStorableText(label)) return [problem('FIELD_TEXT_INVALID', '/label')]
  if (label.length <= MAX_LABEL_LENGTH) return []
  return [problem('FIELD_TEXT_TOO_LONG', '/label', { params: { limit: MAX_LABEL_LENGTH } })]
}

function checkRoles(model: CompiledModel, actor: Actor, access: Access, roles: readonly string[]): Problem[] {
  if (roles.length === 0) return [problem('FIELD_REQUIRED', '/roles')]
  const allowed = tokenRoles(model, actor.roles, access)
  return roles.flatMap((name, index) => {
    if (allowed.includes(name)) return []
    const hint = didYouMean(nearest(name, allowed))
    return problem('FIELD_OPTION_UNKNOWN', `/roles/${index}`, { params: { value: name }, hint })
  })
}

function checkExpiry(expiresAt: Date, now: Date): Problem[] {
  const latest = daysLater(now, MAX_DAYS)
  if (expiresAt > now && expiresAt <= latest) return []
  return [problem('AUTH_EXPIRY_INVALID', '/expires_at', { params: { days: MAX_DAYS } })]
}

function daysLater(from: Date, days: number): Date {
  return new Date(from.getTime() + days * 86_400_000)
}

/** An API token as it is listed; its secret is known to nobody any more. */
export interface ListedToken {
  readonly id: string
  readonly label: string
  readonly roles: readonly string[]
  readonly created_at: string
  readonly expires_at: string
}

/** The living API tokens of the actor, newest first. */
export async function listTokens(
  db: Database,
  model: CompiledModel,
  actor: Actor,
): Promise<readonly ListedToken[]> {
  if (actor.id === undefined || !accessOf(model, actor).may('tokens')) throw refuse('AUTH_DENIED')
  const { rows } = await db.query<{
    id: string
    label: string
    roles: string[]
    created_at: Date
    expires_at: Date
  }>({
    text: `SELECT encode(token_hash, 'hex') AS id, label, roles, created_at, expires_at
FROM ${model.schema}.tenon_session WHERE user_id = $1 AND kind = 'token' AND expires_at > now()
ORDER BY created_at DESC LIMIT 1000`,
    values: [actor.id],
  })
  return rows.map((row) => ({
    ...row,
    created_at: new Date(row.created_at).toISOString(),
    expires_at: new Date(row.expires_at).toISOString(),
  }))
}

/**
 * Revokes one of the actor's own API tokens.
 * @throws AppError AUTH_TOKEN_UNKNOWN
 */
export async function revokeToken(
  db: Database,
  model: CompiledModel,
  actor: Actor,
  id: string,
): Promise<void> {
  if (actor.id === undefined || !accessOf(model, actor).may('tokens')) throw refuse('AUTH_DENIED')
  if (!/^[0-9a-f]{64}$/.test(id)) throw refuse('AUTH_TOKEN_UNKNOWN')
  const { rowCount } = await db.query({
    text: `DELETE FROM ${model.schema}.tenon_session WHERE token_hash = $1 AND user_id = $2 AND kind = 'token'`,
    values: [Buffer.from(id, 'hex'), actor.id],
  })
  if (rowCount === 0) throw refuse('AUTH_TOKEN_UNKNOWN')
}
