import type { Database, Executor } from '../../db/database.ts'
import type { FreshToken } from '../../registry/connector.ts'
import type { Registry } from '../../registry/registry.ts'
import type { SealedPlace } from '../../registry/vault.ts'

/** First half of the advisory locks under which a token is renewed; any number nobody else takes. */
const TOKEN_LOCK = 7_362_073
/** Milliseconds before its end at which a token is no longer used: a call takes a while. */
const MARGIN_MS = 60_000

export function tokenPlace(connection: string): SealedPlace {
  return { field: 'connection token', record: connection }
}

export interface TokenSource {
  readonly db: Database
  readonly registry: Registry
  readonly schema: string
  readonly connection: string
  now(): Date
}

/**
 * The connection's access token, the same on all nodes. Where there is none, or one that was refused, one node asks for a
 * new one while the others wait for it.
 */
export async function tokenOf(
  source: TokenSource,
  fetch: () => Promise<FreshToken>,
  refused: string | undefined,
): Promise<string> {
  const { db, schema, connection } = source
  const kept = await keptToken(source, db)
  if (kept !== undefined && kept !== refused) return kept
  // The lock is a session's: a transaction held open over a request would keep back what all others write.
  return await db.session(async (session) => {
    const lock = {
      text: 'SELECT pg_advisory_lock($1::int, hashtext($2))',
      values: [TOKEN_LOCK, schema + connection],
    }
    await session.query(lock)
    try {
      const meanwhile = await keptToken(source, session)
      if (meanwhile !== undefined && meanwhile !== refused) return meanwhile
      const fresh = await fetch()
      await keepToken(source, session, fresh)
      return fresh.value
    } finally {
      await session.query({ ...lock, text: 'SELECT pg_advisory_unlock($1::int, hashtext($2))' })
    }
  })
}

async function keptToken(
  { registry, schema, connection, now }: TokenSource,
  db: Executor,
): Promise<string | undefined> {
  const { rows } = await db.query<{ box: string }>({
    text:
      `SELECT encode(token, 'hex') AS box FROM ${schema}.tenon_connection WHERE connection = $1::uuid ` +
      'AND token IS NOT NULL AND token_until > $2::timestamptz',
    values: [connection, new Date(now().getTime() + MARGIN_MS).toISOString()],
  })
  if (rows[0] === undefined) return undefined
  const vault = await registry.vaults().open(schema)
  return vault.open(Buffer.from(rows[0].box, 'hex'), tokenPlace(connection))
}

async function keepToken(
  { registry, schema, connection, now }: TokenSource,
  db: Executor,
  { value, seconds }: FreshToken,
): Promise<void> {
  const vault = await registry.vaults().open(schema)
  const box = vault.seal(value, tokenPlace(connection))
  await db.query({
    text:
      `INSERT INTO ${schema}.tenon_connection (connection, token, token_until) VALUES ($1::uuid, decode($2, 'hex'), $3::timestamptz) ` +
      'ON CONFLICT (connection) DO UPDATE SET token = excluded.token, token_until = excluded.token_until',
    values: [connection, box.toString('hex'), new Date(now().getTime() + seconds * 1_000).toISOString()],
  })
}
