import type { Executor } from '../db/database.ts'
import { refuse } from '../errors.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { hashToken, newToken } from './sessions.ts'
import { mayActSql, userTable } from './user-table.ts'

export type PassPurpose = 'invitation' | 'password_reset'

/** How long a link is good, hours. */
export const PASS_HOURS: Readonly<Record<PassPurpose, number>> = { invitation: 7 * 24, password_reset: 24 }

/** A token with which its bearer sets one user's password, once. */
export interface Pass {
  readonly token: string
  readonly expiresAt: Date
}

export interface PassRequest {
  readonly purpose: PassPurpose
  readonly userId: string
  /** Who asked for it; undefined for the user themself. */
  readonly by: string | undefined
}

/** Makes a pass; only its hash is kept, and earlier ones of the user are good no more. */
export async function issuePass(db: Executor, model: CompiledModel, request: PassRequest): Promise<Pass> {
  const token = newToken()
  const { rows } = await db.query<{ expires_at: Date | string }>({
    text: `WITH gone AS (DELETE FROM ${model.schema}.tenon_pass WHERE user_id = $2)
INSERT INTO ${model.schema}.tenon_pass (token_hash, user_id, purpose, created_by, expires_at)
VALUES ($1, $2, $3, $4, now() + make_interval(hours => $5)) RETURNING expires_at`,
    values: [
      hashToken(token),
      request.userId,
      request.purpose,
      request.by ?? null,
      PASS_HOURS[request.purpose],
    ],
  })
  return { token, expiresAt: new Date(rows[0]!.expires_at) }
}

/** Whose pass it is. */
export interface PassHolder {
  readonly purpose: PassPurpose
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly language: string | null
}

interface HolderRow {
  readonly purpose: PassPurpose
  readonly user_id: string
  readonly name: string
  readonly email: string
  readonly language: string | null
}

/**
 * The holder of a pass that is still good.
 * @throws AppError AUTH_LINK_INVALID, the same for one that never was, is used, too old, or of someone switched off
 */
export function findPass(db: Executor, model: CompiledModel, token: string): Promise<PassHolder> {
  return holderOf(db, model, `SELECT * FROM ${model.schema}.tenon_pass WHERE token_hash = $1`, token)
}

/**
 * The same, and the pass is used up: of two who come at once, one finds it.
 * @throws AppError AUTH_LINK_INVALID
 */
export function takePass(tx: Executor, model: CompiledModel, token: string): Promise<PassHolder> {
  return holderOf(
    tx,
    model,
    `DELETE FROM ${model.schema}.tenon_pass WHERE token_hash = $1 RETURNING *`,
    token,
  )
}

async function holderOf(
  db: Executor,
  model: CompiledModel,
  statement: string,
  token: string,
): Promise<PassHolder> {
  const user = userTable(model)
  const { rows } = await db.query<HolderRow>({
    text: `WITH p AS (${statement}) SELECT p.purpose, p.user_id, ${user.name} AS name, ${user.email} AS email,
  ${user.language} AS language
FROM p JOIN ${user.table} u ON u."id" = p.user_id WHERE p.expires_at > now() AND ${mayActSql(user)}`,
    values: [hashToken(token)],
  })
  const row = rows[0]
  if (row === undefined) throw refuse('AUTH_LINK_INVALID')
  const { user_id: userId, ...holder } = row
  return { ...holder, userId }
}

/** Whatever links a user still has are good no more: after a change of password, e-mail or standing. */
export async function endPasses(db: Executor, model: CompiledModel, userId: string): Promise<void> {
  await db.query({ text: `DELETE FROM ${model.schema}.tenon_pass WHERE user_id = $1`, values: [userId] })
}

/** An account that asks for a link by itself gets one in this time and no more, minutes. */
const RESET_EVERY_MINUTES = 2

/**
 * The user who asks for a new password; undefined for an account that is not known, switched off, or has just asked.
 * @param found the id of the account, where there is one
 */
export async function mayAskForReset(db: Executor, model: CompiledModel, userId: string): Promise<boolean> {
  const { rows } = await db.query({
    text: `SELECT 1 FROM ${model.schema}.tenon_pass
WHERE user_id = $1 AND created_at > now() - make_interval(mins => $2)`,
    values: [userId, RESET_EVERY_MINUTES],
  })
  return rows.length === 0
}
