import type { Executor } from '../db/database.ts'
import { refuse } from '../errors.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { hashToken } from './sessions.ts'

/** A session as its owner sees it. */
export interface ListedSession {
  readonly id: string
  /** Where it was opened; null where that is not known. */
  readonly address: string | null
  /** The browser's own words. */
  readonly agent: string | null
  readonly created_at: string
  /** When it was last used, to ten minutes. */
  readonly seen_at: string
  readonly expires_at: string
  /** Whether it is the one that asks. */
  readonly current: boolean
}

interface SessionRow {
  readonly id: string
  readonly address: string | null
  readonly agent: string | null
  readonly created_at: Date
  readonly seen_at: Date
  readonly expires_at: Date
}

/** A user's living sessions, the one last used first. */
export async function listSessions(
  db: Executor,
  model: CompiledModel,
  userId: string,
  ownToken: string | undefined,
): Promise<readonly ListedSession[]> {
  const own = ownToken === undefined ? undefined : hashToken(ownToken).toString('hex')
  const { rows } = await db.query<SessionRow>({
    text: `SELECT encode(token_hash, 'hex') AS id, address, agent, created_at, seen_at, expires_at
FROM ${model.schema}.tenon_session WHERE user_id = $1 AND kind = 'session' AND expires_at > now()
ORDER BY seen_at DESC, created_at DESC LIMIT 200`,
    values: [userId],
  })
  return rows.map(({ id, address, agent, ...row }) => ({
    id,
    address,
    agent,
    created_at: new Date(row.created_at).toISOString(),
    seen_at: new Date(row.seen_at).toISOString(),
    expires_at: new Date(row.expires_at).toISOString(),
    current: id === own,
  }))
}

/**
 * Ends one session of a user.
 * @throws AppError AUTH_SESSION_UNKNOWN
 */
export async function endSession(
  db: Executor,
  model: CompiledModel,
  userId: string,
  id: string,
): Promise<void> {
  if (!/^[0-9a-f]{64}$/.test(id)) throw refuse('AUTH_SESSION_UNKNOWN')
  const { rowCount } = await db.query({
    text: `DELETE FROM ${model.schema}.tenon_session WHERE token_hash = $1 AND user_id = $2 AND kind = 'session'`,
    values: [Buffer.from(id, 'hex'), userId],
  })
  if (rowCount === 0) throw refuse('AUTH_SESSION_UNKNOWN')
}
