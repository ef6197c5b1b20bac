import type { Executor } from '../db/database.ts'
import { refuse } from '../errors.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { hashToken, newToken } from './sessions.ts'
import { mayActSql, userTable } from './user-table.ts'

/** How long somebody may see as another does, minutes. */
export const VIEW_MINUTES = 60

/** A session in which one sees as another user does. */
export interface View {
  readonly token: string
  readonly expiresAt: Date
}

export interface ViewRequest {
  /** Whose eyes it is to be. */
  readonly userId: string
  /** Who looks. */
  readonly viewerId: string
  /** The session from which it is opened, and with which it ends. */
  readonly parentToken: string
}

/**
 * Opens a view, of which a session has one at a time. It reads and never writes, and ends by itself.
 * @throws AppError AUTH_VIEW_INACTIVE for a user who may not act, or a session that is over
 */
export async function openView(db: Executor, model: CompiledModel, request: ViewRequest): Promise<View> {
  const token = newToken()
  const user = userTable(model)
  const { schema } = model
  const { rows } = await db.query<{ expires_at: Date | string }>({
    text: `WITH gone AS (DELETE FROM ${schema}.tenon_session WHERE parent = $3)
INSERT INTO ${schema}.tenon_session (token_hash, kind, user_id, viewer_id, parent, expires_at)
SELECT $1, 'view_as', u."id", $4, p.token_hash, least(p.expires_at, now() + make_interval(mins => $5))
FROM ${user.table} u, ${schema}.tenon_session p
WHERE u."id" = $2 AND ${mayActSql(user)} AND p.token_hash = $3 AND p.kind = 'session' AND p.user_id = $4
  AND p.expires_at > now()
RETURNING expires_at`,
    values: [
      hashToken(token),
      request.userId,
      hashToken(request.parentToken),
      request.viewerId,
      VIEW_MINUTES,
    ],
  })
  const row = rows[0]
  if (row === undefined) throw refuse('AUTH_VIEW_INACTIVE', '/user')
  return { token, expiresAt: new Date(row.expires_at) }
}

/** Ends a view; a token that is none is no fault. */
export async function endView(db: Executor, model: CompiledModel, token: string): Promise<void> {
  await db.query({
    text: `DELETE FROM ${model.schema}.tenon_session WHERE token_hash = $1 AND kind = 'view_as'`,
    values: [hashToken(token)],
  })
}
