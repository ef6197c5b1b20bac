import type { Database, Executor, Session } from '../db/database.ts'
import type { Observe } from '../observe.ts'
import { pause } from '../pause.ts'
import { QUEUE_SCHEMA } from './queue.ts'

/** First half of the advisory locks that say "this worker pool is alive"; any number that nobody else takes. */
const PRESENCE_LOCK = 7_362_064

/** Milliseconds between two looks for the jobs of dead nodes. */
const LOOK_INTERVAL_MS = 10_000

/** Milliseconds until the session is opened again after it broke. */
const RETRY_MS = 1_000

/** A pool takes its presence lock within this time of its birth; jobs locked more recently are left alone. */
const GRACE_SECONDS = 1

/** This node's sign of life, for the others. */
export interface Presence {
  /** Says that a worker pool of this node is alive. */
  add(poolId: string): Promise<void>
  /** Says that pools of this node have ended: what they still held is given back. */
  drop(poolIds: readonly string[]): Promise<void>
  close(): Promise<void>
}

/**
 * Shows that this node's worker pools live and gives back the jobs of pools that do not. The sign is an advisory
 * lock of a session: PostgreSQL drops it the moment the process is gone, kill -9 included. graphile-worker alone
 * would wait four hours, since it cannot tell a dead worker from a slow one.
 * @returns when the first look is done: what a killed predecessor held is free by then
 */
export async function showPresence(db: Database, observe: Observe): Promise<Presence> {
  const pools = new Set<string>()
  const stop = new AbortController()
  let session: Session | undefined

  async function hold(opened: Session): Promise<void> {
    session = opened
    for (const pool of pools) await claim(opened, pool)
    // A predecessor killed a moment ago is still within its grace at the first look.
    for (let waitMs = GRACE_SECONDS * 1_000; !stop.signal.aborted; waitMs = LOOK_INTERVAL_MS) {
      await pause(waitMs, stop.signal, false)
      if (!stop.signal.aborted) await releaseDead(opened)
    }
  }

  async function holdForEver(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        await db.session(hold)
      } catch (error) {
        observe('fault', { during: 'presence of the workers', error })
        await pause(RETRY_MS, stop.signal, false)
      } finally {
        session = undefined
      }
    }
  }

  await releaseDead(db)
  const held = holdForEver()
  return {
    async add(poolId) {
      pools.add(poolId)
      if (session !== undefined) await claim(session, poolId)
    },
    async drop(poolIds) {
      for (const id of poolIds) pools.delete(id)
      try {
        for (const id of poolIds) if (session !== undefined) await disclaim(session, id)
      } catch {
        return // The session broke: its locks are gone with it, and the next one looks.
      }
      await pause(GRACE_SECONDS * 1_000, stop.signal, false)
      if (session === undefined || stop.signal.aborted) return
      await releaseDead(session).catch((error: unknown) => observe('fault', { during: 'presence', error }))
    },
    async close() {
      stop.abort()
      await held
    },
  }
}

async function claim(session: Session, poolId: string): Promise<void> {
  await session.query({
    text: 'SELECT pg_advisory_lock($1::int, hashtext($2))',
    values: [PRESENCE_LOCK, poolId],
  })
}

async function disclaim(session: Session, poolId: string): Promise<void> {
  await session.query({
    text: 'SELECT pg_advisory_unlock($1::int, hashtext($2))',
    values: [PRESENCE_LOCK, poolId],
  })
}

/** Gives back the jobs of pools whose lock nobody holds. */
async function releaseDead(db: Executor): Promise<void> {
  await db.query({
    text: `WITH dead AS (
  SELECT DISTINCT locked_by FROM ${QUEUE_SCHEMA}.jobs j
  WHERE locked_by IS NOT NULL AND locked_at < now() - make_interval(secs => $2) AND NOT EXISTS (
    SELECT 1 FROM pg_locks l
    WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.classid = $1::int::oid
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND l.objid = (hashtext(j.locked_by)::bigint & 4294967295)::oid))
SELECT ${QUEUE_SCHEMA}.force_unlock_workers(array_agg(locked_by)) FROM dead HAVING count(*) > 0`,
    values: [PRESENCE_LOCK, GRACE_SECONDS],
  })
}
