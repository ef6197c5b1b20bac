import type { Transaction } from '../db/database.ts'
import type { EventConsumer } from './consumer.ts'
import { readEvents } from './read-events.ts'

/** First half of the advisory locks under which a cursor moves; any number that nobody else takes. */
const CURSOR_LOCK = 7_362_065

/** Events that a consumer is given at once. */
export const BATCH_EVENTS = 500

/** The two halves of the advisory lock under which a consumer's cursor moves. @param schema quoted */
export function cursorLock(schema: string, consumer: string): readonly [number, string] {
  return [CURSOR_LOCK, `${schema} ${consumer}`]
}

interface CursorRow {
  readonly since: string
  readonly until: string | null
  readonly audit_id: string
  readonly event_id: string
  readonly audit_floor: string
  readonly event_floor: string
  readonly mark_audit: string | null
  readonly mark_event: string | null
  readonly mark_xid: string | null
  readonly alien: boolean
}

/** The last numbers given out, before a snapshot is taken. */
interface LastNumbers {
  readonly audit: string
  readonly event: string
}

export interface Taken {
  /** How many events the consumer was given. */
  readonly events: number
  /** Whether there may be more by now. */
  readonly isMore: boolean
  /** The numbers up to which all is taken for good, where no transaction that runs may still bring one below. */
  readonly settled: LastNumbers
}

/**
 * Gives a consumer its next batch and moves its cursor, all in this transaction.
 *
 * A number is no place to go on from: a row with a smaller one may become visible later. So the cursor is a snapshot: what
 * was visible in it is taken, and the next batch is what another, later one sees besides. A transaction that runs for long
 * holds nobody up. The numbers only say where to begin to look, and up to where a batch has come.
 * @param schema quoted
 */
export async function takeBatch(
  tx: Transaction,
  { workspace, schema }: { readonly workspace: string; readonly schema: string },
  consumer: EventConsumer,
): Promise<Taken> {
  // An advisory lock: a lock on the row would give this transaction its number before it has its snapshot.
  await tx.query({
    text: 'SELECT pg_advisory_xact_lock($1::int, hashtext($2))',
    values: cursorLock(schema, consumer.name),
  })
  const isIdle = (await consumer.isIdle?.(workspace, { schema, tx })) ?? false
  const row = await loadCursor(tx, schema, consumer.name)
  const last = await lastNumbers(tx, schema)
  if (row === undefined || row.alien || isIdle) return await beginBehind(tx, schema, consumer.name, last)
  const { until, completes } = await openSpan(tx, row)
  const floor = completes ? { audit: row.mark_audit!, event: row.mark_event! } : floorOf(row)
  const isBegun = row.until !== null
  // Asked after the snapshot is taken: what is visible in it had its number before.
  const reach = await lastNumbers(tx, schema)
  const read = await readEvents(
    tx,
    schema,
    {
      ...{ since: row.since, until },
      auditId: isBegun ? row.audit_id : row.audit_floor,
      eventId: isBegun ? row.event_id : row.event_floor,
      last: reach,
    },
    BATCH_EVENTS,
  )
  if (read.events.length > 0) await consumer.take({ workspace, schema, events: read.events }, tx)
  if (!read.isAll) {
    await tx.query({
      text: `UPDATE ${schema}.tenon_cursor SET until = $2::pg_snapshot, audit_id = $3, event_id = $4 WHERE consumer = $1`,
      values: [consumer.name, until, read.auditId, read.eventId],
    })
    return { events: read.events.length, isMore: true, settled: floorOf(row) }
  }
  // Quiet, and nothing to note: the cursor may stay as it is.
  const isNoted = read.events.length === 0 && !isBegun && !completes && row.mark_xid !== null
  if (!isNoted)
    await endSpan(tx, schema, consumer.name, {
      until,
      floor,
      last,
      keepsMark: !completes && row.mark_xid !== null,
    })
  return {
    events: read.events.length,
    isMore: isBegun,
    settled: completes && !isBegun ? floor : floorOf(row),
  }
}

function floorOf(row: CursorRow): LastNumbers {
  return { audit: row.audit_floor, event: row.event_floor }
}

async function loadCursor(tx: Transaction, schema: string, consumer: string): Promise<CursorRow | undefined> {
  const { rows } = await tx.query<CursorRow>({
    text:
      'SELECT c.since::text AS since, c.until::text AS until, c.audit_id::text AS audit_id, c.event_id::text AS event_id, ' +
      'c.audit_floor::text AS audit_floor, c.event_floor::text AS event_floor, c.mark_audit::text AS mark_audit, ' +
      'c.mark_event::text AS mark_event, c.mark_xid::text AS mark_xid, ' +
      // Of another server's time: this database was brought back from a backup.
      'pg_snapshot_xmax(c.since) > pg_snapshot_xmax(pg_current_snapshot()) AS alien ' +
      `FROM ${schema}.tenon_cursor c WHERE c.consumer = $1`,
    values: [consumer],
  })
  return rows[0]
}

/**
 * The last numbers given out. Asked before a snapshot is taken every row up to these belongs to a transaction that has its
 * number by then; asked after it no row behind them is visible in it.
 */
async function lastNumbers(tx: Transaction, schema: string): Promise<LastNumbers> {
  const { rows } = await tx.query<LastNumbers>({
    text:
      'SELECT (CASE WHEN a.is_called THEN a.last_value ELSE 0 END)::text AS audit, ' +
      '(CASE WHEN e.is_called THEN e.last_value ELSE 0 END)::text AS event ' +
      `FROM ${schema}.tenon_audit_id a, ${schema}.tenon_event_id_seq e`,
  })
  return rows[0]!
}

/** The snapshot up to which is read, and whether by it every transaction below the mark has ended. */
async function openSpan(
  tx: Transaction,
  { until, mark_xid }: CursorRow,
): Promise<{ readonly until: string; readonly completes: boolean }> {
  if (until !== null) return { until, completes: false }
  const { rows } = await tx.query<{ until: string; completes: boolean | null }>({
    text:
      'SELECT pg_current_snapshot()::text AS until, ' +
      'pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 AS completes',
    values: [mark_xid],
  })
  return { until: rows[0]!.until, completes: rows[0]!.completes === true }
}

/** The span is taken: the next begins where it ends. The mark is set by the number that this transaction gets only now. */
async function endSpan(
  tx: Transaction,
  schema: string,
  consumer: string,
  end: {
    readonly until: string
    readonly floor: LastNumbers
    readonly last: LastNumbers
    readonly keepsMark: boolean
  },
): Promise<void> {
  const mark = end.keepsMark ? '' : ', mark_audit = $5, mark_event = $6, mark_xid = pg_current_xact_id()'
  await tx.query({
    text:
      `UPDATE ${schema}.tenon_cursor SET since = $2::pg_snapshot, until = NULL, audit_floor = $3, event_floor = $4${mark} ` +
      'WHERE consumer = $1',
    values: [
      ...[consumer, end.until, end.floor.audit, end.floor.event],
      ...(end.keepsMark ? [] : [end.last.audit, end.last.event]),
    ],
  })
}

/** A consumer that is new, or has nothing to do here, or whose cursor means nothing any more. */
async function beginBehind(
  tx: Transaction,
  schema: string,
  consumer: string,
  last: LastNumbers,
): Promise<Taken> {
  const { rows } = await tx.query<{ until: string }>({ text: 'SELECT pg_current_snapshot()::text AS until' })
  await tx.query({
    text:
      `INSERT INTO ${schema}.tenon_cursor AS c (consumer, since, mark_audit, mark_event, mark_xid) ` +
      'VALUES ($1, $2::pg_snapshot, $3, $4, pg_current_xact_id()) ON CONFLICT (consumer) DO UPDATE SET ' +
      'since = excluded.since, until = NULL, mark_audit = excluded.mark_audit, mark_event = excluded.mark_event, ' +
      'mark_xid = excluded.mark_xid',
    values: [consumer, rows[0]!.until, last.audit, last.event],
  })
  return { events: 0, isMore: false, settled: last }
}
