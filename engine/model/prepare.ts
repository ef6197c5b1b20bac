import { setTimeout as delay } from 'node:timers/promises'
import type { Database, Executor, Session, Transaction } from '../db/database.ts'
import { pause } from '../pause.ts'
import { createIndexSql, dropIndexSql } from './ddl/index-sql.ts'
import { planDdl } from './ddl.ts'
import { lockTables } from './lock-tables.ts'
import type { IndexRow, PhysicalRow } from './place.ts'
import { hasEarlyWork, type Preparation } from './preparation.ts'
import type { ReachPoint } from './reach.ts'
import { savePhysical } from './save-physical.ts'

export interface PrepareDeps {
  readonly db: Database
  /** Quoted. */
  readonly schema: string
  readonly reach: ReachPoint
  /** Comes when this node stops: what is being built is given up, to be built anew. */
  readonly signal: AbortSignal
  /** Told of the progress, in hundredths of an index. */
  readonly progress: (done: number, total: number) => Promise<void>
}

const UNITS_PER_INDEX = 100
const LOOK_INTERVAL_MS = 500

/** What could not be built: values of these fields that exist twice. */
export class DuplicatesFound extends Error {
  readonly index: IndexRow
  constructor(index: IndexRow) {
    super(`duplicates in ${index.place.table}`)
    this.index = index
  }
}

/**
 * Makes new tables and columns in a short transaction of its own, which the model in force does not see.
 * @param before the places on which the preparation was planned; must be those in force
 */
export async function expandEarly(
  tx: Transaction,
  schema: string,
  before: readonly PhysicalRow[],
  preparation: Preparation,
  reach: ReachPoint,
): Promise<void> {
  if (!hasEarlyWork(before, preparation)) return
  const ddl = planDdl(schema, before, preparation.early)
  await lockTables(tx, schema, ddl.locks, reach)
  for (const statement of ddl.statements) {
    await tx.query(statement)
    await reach(`ran early ${statement.text}`)
  }
  await savePhysical(tx, schema, before, preparation.early)
  await reach('saved early places')
}

/**
 * Builds indexes beside the traffic, one after the other. What an earlier, killed try has finished is kept, what it
 * left half-built is built anew.
 * @throws DuplicatesFound when a unique index meets values that exist twice; nothing of it is left behind
 */
export async function buildIndexes(deps: PrepareDeps, indexes: readonly IndexRow[]): Promise<void> {
  const total = indexes.length * UNITS_PER_INDEX
  await deps.db.session(async (session) => {
    await session.query({ text: 'SET statement_timeout = 0' })
    await lockPreparation(session, deps)
    for (const [position, row] of indexes.entries()) {
      const begin = position * UNITS_PER_INDEX
      await deps.progress(begin, total)
      await buildIndex(deps, session, row, (share) => deps.progress(begin + share * UNITS_PER_INDEX, total))
      await deps.reach(`built ${row.place.index}`)
      await noteIndex(deps, row)
      await deps.reach(`noted ${row.place.index}`)
    }
    await deps.progress(total, total)
  })
}

/**
 * Takes back what was built for a publish that will not come: a unique index would go on refusing values.
 * @param indexes those of the preparation; indexes that are in force meanwhile stay
 */
export async function dropPrepared(deps: PrepareDeps, indexes: readonly IndexRow[]): Promise<void> {
  await deps.db.session(async (session) => {
    await session.query({ text: 'SET statement_timeout = 0' })
    await lockPreparation(session, deps)
    const inForce = await session.query<{ item_id: string }>({
      text: `SELECT item_id FROM ${deps.schema}.tenon_physical WHERE kind = 'index' AND retired_at IS NULL`,
    })
    const kept = new Set(inForce.rows.map((row) => row.item_id))
    for (const row of indexes.filter((index) => !kept.has(index.itemId))) {
      await session.query({ text: dropIndexSql(deps.schema, row.place.index, true) })
      await session.query({
        text: `DELETE FROM ${deps.schema}.tenon_physical WHERE item_id = $1 AND retired_at IS NOT NULL`,
        values: [row.itemId],
      })
    }
  })
}

/**
 * One preparation at a time in a workspace. Asks again and again instead of waiting in the statement: a waiting
 * statement holds a snapshot, and the building of an index waits for all of these.
 */
async function lockPreparation(session: Session, { schema, signal }: PrepareDeps): Promise<void> {
  for (;;) {
    signal.throwIfAborted()
    const { rows } = await session.query<{ locked: boolean }>({
      text: 'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked',
      values: [`tenon:prepare:${schema}`],
    })
    if (rows[0]?.locked === true) return
    await delay(LOOK_INTERVAL_MS)
  }
}

async function buildIndex(
  deps: PrepareDeps,
  session: Session,
  row: IndexRow,
  onShare: (share: number) => Promise<void>,
): Promise<void> {
  const { schema } = deps
  const state = await indexState(session, schema, row.place.index)
  if (state === 'valid') return
  if (state === 'invalid') await session.query({ text: dropIndexSql(schema, row.place.index, true) })
  const stopWatching = await watchBuild(deps, session, onShare)
  try {
    await session.query({ text: createIndexSql(schema, row.place, true) })
  } catch (error) {
    if ((error as { code?: unknown }).code !== '23505') throw error
    await session.query({ text: dropIndexSql(schema, row.place.index, true) })
    throw new DuplicatesFound(row)
  } finally {
    await stopWatching()
  }
}

async function indexState(
  db: Executor,
  schema: string,
  index: string,
): Promise<'valid' | 'invalid' | 'absent'> {
  const { rows } = await db.query<{ indisvalid: boolean }>({
    text: 'SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass($1)',
    values: [`${schema}."${index}"`],
  })
  if (rows[0] === undefined) return 'absent'
  return rows[0].indisvalid ? 'valid' : 'invalid'
}

/** Looks from another connection how far the build is; returns what ends the looking. */
async function watchBuild(
  { db, signal }: PrepareDeps,
  session: Session,
  onShare: (share: number) => Promise<void>,
): Promise<() => Promise<void>> {
  const { rows } = await session.query<{ pid: number }>({ text: 'SELECT pg_backend_pid() AS pid' })
  const pid = rows[0]?.pid
  const stop = new AbortController()
  const cancel = () => {
    // Where even this cannot be asked, the build's own connection has gone as well.
    db.query({ text: 'SELECT pg_cancel_backend($1)', values: [pid] }).catch(() => undefined)
  }
  signal.addEventListener('abort', cancel)
  signal.throwIfAborted()
  const look = async () => {
    while (!stop.signal.aborted) {
      await pause(LOOK_INTERVAL_MS, stop.signal)
      if (stop.signal.aborted) return
      const share = await db.query<{ share: number | null }>({
        // The table is read twice: blocks count in both scans.
        text: `SELECT (blocks_done::float8 / nullif(blocks_total, 0)) AS share
FROM pg_stat_progress_create_index WHERE pid = $1`,
        values: [pid],
      })
      await onShare(Math.min(share.rows[0]?.share ?? 0, 0.99))
    }
  }
  const looking = look().catch(() => undefined) // the build itself says what is wrong
  return async () => {
    signal.removeEventListener('abort', cancel)
    stop.abort()
    await looking
  }
}

/** Remembers a finished index as one that the model in force does not ask for. */
async function noteIndex({ db, schema }: PrepareDeps, row: IndexRow): Promise<void> {
  await db.query({
    text: `INSERT INTO ${schema}.tenon_physical (item_id, entity_id, kind, place, retired_at)
VALUES ($1, $2, 'index', $3, now()) ON CONFLICT (item_id) DO NOTHING`,
    values: [row.itemId, row.entityId, JSON.stringify({ ...row.place, prepared: true })],
  })
}
