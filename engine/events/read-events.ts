import type { Transaction } from '../db/database.ts'
import { instantSql, parseJson } from '../db/values.ts'
import type { WorkspaceEvent } from './event.ts'

/** Where a consumer stands, as its row says. Snapshots and numbers are text. */
export interface Cursor {
  readonly since: string
  readonly until: string
  readonly auditId: string
  readonly eventId: string
  /** Numbers given out after `until` was taken, or later: none of the span lies behind them. */
  readonly last: { readonly audit: string; readonly event: string }
}

export interface ReadEvents {
  readonly events: readonly WorkspaceEvent[]
  /** Whether all that the cursor spans is read. */
  readonly isAll: boolean
  readonly auditId: string
  readonly eventId: string
}

/** Numbers that are looked through in one go. */
const FIRST_WINDOW = 4_000
/** The same where many before gave nothing. */
const LARGEST_WINDOW = 1_000_000

/** What came between the two snapshots, behind the numbers of the cursor. */
export async function readEvents(
  tx: Transaction,
  schema: string,
  cursor: Cursor,
  limit: number,
): Promise<ReadEvents> {
  const { auditId, eventId, last } = cursor
  const audit = await readWindows(Number(auditId), Number(last.audit), limit, async (window) => {
    const { rows } = await tx.query<AuditRow>({
      // Which rule gave which tag is history; that the record changed is told by its write or in tenon_event.
      text: `SELECT ${AUDIT_COLUMNS} FROM ${schema}.tenon_audit a ${spanSql('a', "a.via <> 'rule'")}`,
      values: [cursor.since, cursor.until, ...window],
    })
    return rows.map(auditEvent)
  })
  const left = limit - audit.events.length
  const worked = await readWindows(Number(eventId), Number(last.event), left, async (window) => {
    const { rows } = await tx.query<WorkedRow>({
      text: `SELECT ${EVENT_COLUMNS} FROM ${schema}.tenon_event e ${spanSql('e', 'true')}`,
      values: [cursor.since, cursor.until, ...window],
    })
    return rows.map(workedOutEvent)
  })
  return {
    events: [...audit.events, ...worked.events],
    isAll: worked.events.length < left,
    auditId: String(audit.at),
    eventId: String(worked.at),
  }
}

/** Numbers behind the first up to the second, and how many events at most. */
type Window = readonly [after: number, to: number, limit: number]

/**
 * Reads on, window by window. The index by number knows of a few pages each what numbers lie in them: asked for all behind
 * a number it would give every page there is, for each batch anew.
 * @returns the events, and the number up to which all are read
 */
async function readWindows(
  after: number,
  last: number,
  limit: number,
  read: (window: Window) => Promise<readonly WorkspaceEvent[]>,
): Promise<{ readonly events: readonly WorkspaceEvent[]; readonly at: number }> {
  const events: WorkspaceEvent[] = []
  let at = after
  for (let size = FIRST_WINDOW; at < last && events.length < limit; ) {
    const to = Math.min(last, at + size)
    const left = limit - events.length
    const found = await read([at, to, left])
    events.push(...found)
    if (found.length === left) at = Number(found.at(-1)!.id)
    else at = to
    if (found.length === 0) size = Math.min(LARGEST_WINDOW, size * 2)
  }
  return { events, at }
}

/** Two snapshots, the window, the limit. */
function spanSql(alias: string, condition: string): string {
  return (
    `WHERE ${condition} AND ${alias}.id > $3::bigint AND ${alias}.id <= $4::bigint ` +
    `AND NOT pg_visible_in_snapshot(${alias}.xid, $1::pg_snapshot) ` +
    `AND pg_visible_in_snapshot(${alias}.xid, $2::pg_snapshot) ORDER BY ${alias}.id LIMIT $5`
  )
}

type AuditRow = Omit<WorkspaceEvent, 'source' | 'changes' | 'fields'> & { readonly changes: string | null }

export const AUDIT_COLUMNS =
  `a.id::text AS id, ${instantSql('a.at')} AS at, a.action, a.entity::text AS entity, ` +
  'a.record::text AS record, a.version, a.actor::text AS actor, a.via, a.request::text AS request, a.subject, ' +
  'CASE WHEN a.record IS NOT NULL THEN a.changes::text END AS changes'

export function auditEvent({ changes: text, ...row }: AuditRow): WorkspaceEvent {
  const changes = text === null ? {} : parseJson<Readonly<Record<string, unknown>>>(text)
  return { ...row, source: 'audit', changes, fields: Object.keys(changes) }
}

type WorkedRow = Pick<
  WorkspaceEvent,
  'id' | 'at' | 'action' | 'entity' | 'record' | 'version' | 'actor' | 'fields'
>

const EVENT_COLUMNS =
  `e.id::text AS id, ${instantSql('e.at')} AS at, e.action, e.entity::text AS entity, ` +
  'e.record::text AS record, e.version, e.actor::text AS actor, e.fields'

function workedOutEvent(row: WorkedRow): WorkspaceEvent {
  return { ...row, source: 'worked_out', via: 'system', request: null, subject: null, changes: {} }
}
