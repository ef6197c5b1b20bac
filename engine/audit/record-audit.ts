import type { Executor } from '../db/database.ts'
import type { OtherAction } from './actions.ts'
import type { Origin } from './origin.ts'
import { insertAuditSql } from './row-sql.ts'

export interface AuditEntry {
  readonly action: OtherAction
  /** The acting user's id; undefined for Tenon itself and for nobody known. */
  readonly actor: string | undefined
  readonly via: string
  readonly origin?: Origin | undefined
  /** The entity's id and the record's, where it is about one. */
  readonly record?: { readonly entity: string; readonly id: string } | undefined
  /** What it is about otherwise: `role/sales`, a token's label. Sealed for good: nothing personal belongs here. */
  readonly subject?: string | undefined
  /** By name; may be erased. */
  readonly details?: Readonly<Record<string, unknown>>
}

/**
 * Writes audit rows that belong to no write on a record, in order. Inside a transaction they stand or fall with it.
 * @param schema the workspace's, quoted
 */
export async function recordAudit(
  db: Executor,
  schema: string,
  entries: AuditEntry | readonly AuditEntry[],
): Promise<void> {
  const list: readonly AuditEntry[] = Array.isArray(entries) ? entries : [entries as AuditEntry]
  if (list.length === 0) return
  const columns = 'actor uuid, via text, action text, entity uuid, record uuid, subject text, request uuid'
  const row = {
    ...{ actor: 'e.actor', via: 'e.via', action: 'e.action', entity: 'e.entity', record: 'e.record' },
    ...{ version: 'NULL::integer', subject: 'e.subject', request: 'e.request' },
    ...{ changes: 'e.changes', address: 'e.address' },
  }
  // Asked for before any row gets its number: see insertAuditSql.
  const numbered = 'pg_current_xact_id() IS NOT NULL'
  const from = `jsonb_to_recordset($1::jsonb) AS e(${columns}, changes jsonb, address text) WHERE ${numbered}`
  await db.query({ text: insertAuditSql(schema, row, from), values: [JSON.stringify(list.map(toRow))] })
}

function toRow(entry: AuditEntry) {
  return {
    actor: entry.actor ?? null,
    via: entry.via,
    action: entry.action,
    entity: entry.record?.entity ?? null,
    record: entry.record?.id ?? null,
    subject: entry.subject ?? null,
    request: entry.origin?.request ?? null,
    changes: entry.details ?? {},
    address: entry.origin?.address ?? null,
  }
}
