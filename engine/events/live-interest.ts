import type { Database, Executor, Session } from '../db/database.ts'
import { cursorLock } from './cursor.ts'

/** First half of the advisory locks that say "pages of this workspace are open here"; any number that nobody else takes. */
const INTEREST_LOCK = 7_362_080

/** Which workspaces have pages open on this node: what happens in the others is not told. */
export interface LiveInterest {
  /** Resolves when everything that happens from then on is told. */
  watch(schema: string): Promise<void>
  unwatch(schema: string): Promise<void>
  /** Shows the interest anew where its session broke. @returns false where something may not have been told meanwhile */
  check(): Promise<boolean>
  close(): Promise<void>
}

/**
 * Shows the interest by shared advisory locks of a session, which PostgreSQL drops the moment the node is gone. The session
 * is there only while pages are.
 * @param consumer whose cursor passes over workspaces without interest
 */
export function createInterest(db: Database, consumer: string): LiveInterest {
  const watched = new Set<string>()
  let opening: Promise<Held> | undefined

  const take = async (schema: string): Promise<void> => {
    opening ??= holdSession(db)
    const { session } = await opening
    await session.query({ text: lockText('pg_advisory_lock_shared'), values: [INTEREST_LOCK, schema] })
    // A batch that is being taken may have found nobody interested: whatever comes behind it finds us.
    const cursor = cursorLock(schema, consumer)
    await session.query({ text: lockText('pg_advisory_lock'), values: cursor })
    await session.query({ text: lockText('pg_advisory_unlock'), values: cursor })
  }
  const leave = async (): Promise<void> => {
    const left = await opening?.catch(() => undefined) // one that never came to be holds nothing
    opening = undefined
    await left?.end()
  }

  return {
    async watch(schema) {
      if (watched.has(schema)) return
      watched.add(schema)
      try {
        await take(schema)
      } catch (error) {
        watched.delete(schema)
        await leave()
        throw error
      }
    },
    async unwatch(schema) {
      if (!watched.delete(schema)) return
      if (watched.size === 0) return await leave()
      const held = await opening
      await held?.session.query({
        text: lockText('pg_advisory_unlock_shared'),
        values: [INTEREST_LOCK, schema],
      })
    },
    async check() {
      if (watched.size === 0) return true
      const isWell = await opening?.then(
        ({ session }) =>
          session.query({ text: 'SELECT 1' }).then(
            () => true,
            () => false,
          ),
        () => false,
      )
      if (isWell === true) return true
      await leave()
      for (const schema of watched) await take(schema)
      return false
    },
    async close() {
      watched.clear()
      await leave()
    },
  }
}

function lockText(call: string): string {
  return `SELECT ${call}($1::int, hashtext($2))`
}

interface Held {
  readonly session: Session
  end(): Promise<void>
}

/** A session that stays until it is told to end. */
function holdSession(db: Database): Promise<Held> {
  return new Promise((resolve, reject) => {
    const over: Promise<void> = db.session(
      (session) =>
        new Promise<void>((finish) => {
          const end = async (): Promise<void> => {
            finish()
            await over
          }
          resolve({ session, end })
        }),
    )
    over.catch(reject)
  })
}

/** Whether pages of the workspace are open on any node. */
export async function isWatched(db: Executor, schema: string): Promise<boolean> {
  const { rows } = await db.query<{ watched: boolean }>({
    text: `SELECT EXISTS (SELECT 1 FROM pg_locks l
  WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.classid = $1::int::oid
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND l.objid = (hashtext($2)::bigint & 4294967295)::oid) AS watched`,
    values: [INTEREST_LOCK, schema],
  })
  return rows[0]?.watched === true
}
