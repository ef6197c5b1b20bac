import type { Transaction } from '../db/database.ts'
import { parseJson } from '../db/values.ts'
import type { WorkspaceEvent } from './event.ts'

/** Where a consumer stands, as its row says. Snapshots and numbers are text. */
export interface Cursor {
  readonly since: string
  readonly until: string
  readonly auditId: string
  readonly eventId: string
}

export interface ReadEvents {
  readonly events: readonly WorkspaceEvent[]
  /** Whether all that the cursor spans is read. */
  readonly isAll: boolean
  readonly auditId: string
  readonly eventId: string
}

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`

/** What came between the two snapshots, behind the numbers of the cursor. */
export async function readEvents(
  tx: Transaction,
  schema: string,
  cursor: Cursor,
  limit: number,
): Promise<ReadEvents> {
  const audit = await readAudit(tx, schema, cursor, limit)
  const left = limit - audit.length
  const worked = left === 0 ? [] : await readWorkedOut(tx, schema, cursor, left)
  return {
    events: [...audit, ...worked],
    isAll: worked.length < left,
    auditId: audit.at(-1)?.id ?? cursor.auditId,
    eventId: worked.at(-1)?.id ?? cursor.eventId,
  }
}

/** Two snapshots, the number behind which to go on, the limit. */
function spanSql(alias: string): string {
  return (
    `WHERE ${alias}.id > $3::bigint AND NOT pg_visible_in_snapshot(${alias}.xid, $1::pg_snapshot) ` +
    `AND pg_visible_in_snapshot(${alias}.xid, $2::pg_snapshot) ORDER BY ${alias}.id LIMIT $4`
  )
}

type AuditRow = Omit<WorkspaceEvent, 'source' | 'changes' | 'fields'> & { readonly changes: string | null }

export const AUDIT_COLUMNS =
  `a.id::text AS id, to_char(a.at AT TIME ZONE 'UTC', ${INSTANT}) AS at, a.action, a.entity::text AS entity, ` +
  'a.record::text AS record, a.version, a.actor::text AS actor, a.via, a.request::text AS request, a.subject, ' +
  'CASE WHEN a.record IS NOT NULL THEN a.changes::text END AS changes'

async function readAudit(
  tx: Transaction,
  schema: string,
  { since, until, auditId }: Cursor,
  limit: number,
): Promise<readonly WorkspaceEvent[]> {
  const { rows } = await tx.query<AuditRow>({
    text: `SELECT ${AUDIT_COLUMNS} FROM ${schema}.tenon_audit a ${spanSql('a')}`,
    values: [since, until, auditId, limit],
  })
  return rows.map(auditEvent)
}

export function auditEvent({ changes: text, ...row }: AuditRow): WorkspaceEvent {
  const changes = text === null ? {} : parseJson<Readonly<Record<string, unknown>>>(text)
  return { ...row, source: 'audit', changes, fields: Object.keys(changes) }
}

async function readWorkedOut(
  tx: Transaction,
  schema: string,
  { since, until, eventId }: Cursor,
  limit: number,
): Promise<readonly WorkspaceEvent[]> {
  const { rows } = await tx.query<
    Pick<WorkspaceEvent, 'id' | 'at' | 'action' | 'entity' | 'record' | 'version' | 'actor' | 'fields'>
  >({
    text:
      `SELECT e.id::text AS id, to_char(e.at AT TIME ZONE 'UTC', ${INSTANT}) AS at, e.action, e.entity::text AS entity, ` +
      'e.record::text AS record, e.version, e.actor::text AS actor, e.fields ' +
      `FROM ${schema}.tenon_event e ${spanSql('e')}`,
    values: [since, until, eventId, limit],
  })
  return rows.map((row) => ({
    ...row,
    ...{ source: 'worked_out', via: 'system', request: null, subject: null, changes: {} },
  }))
}
