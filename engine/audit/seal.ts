import type { Database, Transaction } from '../db/database.ts'
import { markSql, monthSql } from './row-sql.ts'
import type { SealSecrets } from './seal-mac.ts'
import { appendSeal, lastSeal, type StoredSeal } from './seal-store.ts'

/** Numbers that one seal covers at most; some were never used, so there are fewer rows. */
const BATCH_IDS = 5_000n

export interface SealSource {
  readonly db: Database
  /** The workspace's, quoted. */
  readonly schema: string
  readonly secrets: SealSecrets
  readonly now?: () => Date
}

/**
 * Chains what has become complete since the last time, in batches. A row counts as complete when no transaction that
 * may have taken a smaller number still runs; while a long one does, sealing waits and nobody waits for the sealer.
 * @param signal stops it between two batches
 * @returns how many rows were sealed
 */
export async function sealAudit(source: SealSource, signal?: AbortSignal): Promise<number> {
  const { db, schema } = source
  let sealed = 0
  for (const _round of ['what was marked the last time', 'what is there now']) {
    await db.transaction((tx) => markWhereNone(tx, schema))
    for (let isMore = true; isMore; ) {
      if (signal?.aborted === true) return sealed
      const batch = await db.transaction((tx) => sealBatch(tx, source))
      sealed += batch.rows
      isMore = batch.isMore
    }
  }
  return sealed
}

interface State {
  readonly mark_id: string | null
  /** Whether every transaction that ran when the mark was set has ended. */
  readonly complete: boolean
  /** The mark is of another server's time: this database was brought back from a backup. */
  readonly alien: boolean
}

async function lockState(tx: Transaction, schema: string): Promise<State> {
  const { rows } = await tx.query<State>({
    text:
      `SELECT s.mark_id::text AS mark_id, s.mark_xid <= pg_snapshot_xmin(pg_current_snapshot()) AS complete, ` +
      `s.mark_xid > pg_snapshot_xmax(pg_current_snapshot()) AS alien FROM ${schema}.tenon_audit_state s FOR UPDATE`,
  })
  if (rows[0] === undefined) throw new Error('the state of the audit is gone')
  return rows[0]
}

/**
 * Notes the last number given out, then the number that this transaction itself gets afterwards: every row up to the
 * first belongs to a transaction below the second, since a row gets its number after its transaction. The end of a
 * snapshot would not do, for a transaction that runs may lie above it; nor may the state be locked before, for the
 * lock is what gives this transaction its number.
 */
async function markWhereNone(tx: Transaction, schema: string): Promise<void> {
  const { rows } = await tx.query<{ id: string }>({
    text: `SELECT (CASE WHEN is_called THEN last_value ELSE 0 END)::text AS id FROM ${schema}.tenon_audit_id`,
  })
  const { mark_id, alien } = await lockState(tx, schema)
  if (mark_id !== null && alien !== true) return
  await tx.query({
    text: `UPDATE ${schema}.tenon_audit_state SET mark_id = $1::bigint, mark_xid = pg_current_xact_id()`,
    values: [rows[0]?.id],
  })
}

interface Batch {
  readonly rows: number
  /** Whether rows up to the mark may remain. */
  readonly isMore: boolean
}

/** Seals the next batch; nothing where the mark may not be reached yet. */
async function sealBatch(tx: Transaction, source: SealSource): Promise<Batch> {
  const { schema, secrets, now = () => new Date() } = source
  const { mark_id, complete } = await lockState(tx, schema)
  if (mark_id === null || complete !== true) return { rows: 0, isMore: false }
  let previous = await lastSeal(tx, schema)
  const afterId = previous?.lastId ?? '0'
  const { months, lastId } = await nextRows(tx, schema, BigInt(afterId), BigInt(mark_id))
  for (const { month, ids, marks } of months) {
    const link = { kind: 'rows', month, afterId, lastId: String(lastId), ids, marks } as const
    previous = await appendSeal(tx, schema, secrets, link, previous, now())
  }
  const isMore = lastId < BigInt(mark_id)
  if (!isMore) {
    await tx.query({ text: `UPDATE ${schema}.tenon_audit_state SET mark_id = NULL, mark_xid = NULL` })
  }
  return { rows: months.reduce((sum, { count }) => sum + Number(count), 0), isMore }
}

interface UnsealedMonth extends Pick<StoredSeal, 'month' | 'ids' | 'marks'> {
  readonly count: string
}

/** The next rows, by month, and the number up to which that is all; stretches of unused numbers are passed over. */
async function nextRows(
  tx: Transaction,
  schema: string,
  afterId: bigint,
  markId: bigint,
): Promise<{ readonly months: readonly UnsealedMonth[]; readonly lastId: bigint }> {
  for (let from = afterId; from < markId; from += BATCH_IDS) {
    const lastId = from + BATCH_IDS < markId ? from + BATCH_IDS : markId
    const months = await readUnsealed(tx, schema, from, lastId)
    if (months.length > 0) return { months, lastId }
  }
  return { months: [], lastId: markId }
}

/** By month: when a month is dropped, whole seals lose their rows. */
async function readUnsealed(
  tx: Transaction,
  schema: string,
  afterId: bigint,
  lastId: bigint,
): Promise<readonly UnsealedMonth[]> {
  const { rows } = await tx.query<UnsealedMonth>({
    text:
      `SELECT r.month, array_agg(r.id ORDER BY r.id)::text AS ids, count(*) AS count, ` +
      `encode(string_agg(r.mark, ''::bytea ORDER BY r.id), 'hex') AS marks FROM ` +
      `(SELECT a.id, ${monthSql('a')} AS month, ${markSql('a')} AS mark FROM ${schema}.tenon_audit a ` +
      `WHERE a.id > $1::bigint AND a.id <= $2::bigint) r GROUP BY r.month ORDER BY r.month`,
    values: [String(afterId), String(lastId)],
  })
  return rows
}
