import type { Executor } from '../db/database.ts'
import { listWorkspaces } from '../db/migrate.ts'
import { quoteName } from '../db/values.ts'

/** A workspace whose events are watched, by the sequences that number them. */
export interface WatchedWorkspace {
  readonly workspace: string
  /** Quoted. */
  readonly schema: string
  readonly auditSequence: string
  readonly eventSequence: string
}

/** The last numbers given out in a workspace, as text. */
export interface Pulse {
  readonly audit: string
  readonly event: string
}

/** All workspaces with the oids of their sequences. */
export async function watchedWorkspaces(db: Executor): Promise<readonly WatchedWorkspace[]> {
  const workspaces = await listWorkspaces(db)
  if (workspaces.length === 0) return []
  const { rows } = await db.query<{ audit: string | null; event: string | null }>({
    text:
      `SELECT to_regclass(s || '.tenon_audit_id')::oid::text AS audit, ` +
      `to_regclass(s || '.tenon_event_id_seq')::oid::text AS event ` +
      'FROM unnest($1::text[]) WITH ORDINALITY u(s, i) ORDER BY i',
    values: [workspaces.map(({ schema }) => quoteName(schema))],
  })
  return workspaces.flatMap(({ name, schema }, index) => {
    const { audit, event } = rows[index] ?? {}
    if (audit == null || event == null) return []
    return [{ workspace: name, schema: quoteName(schema), auditSequence: audit, eventSequence: event }]
  })
}

/**
 * The last numbers of all workspaces in one statement that names none of them: of five hundred it asks a thousand
 * sequences, a page each, and plans nothing. Whoever writes pays nothing for it.
 */
export async function readPulses(
  db: Executor,
  watched: readonly WatchedWorkspace[],
): Promise<readonly Pulse[]> {
  if (watched.length === 0) return []
  const { rows } = await db.query<Pulse>({
    text:
      'SELECT coalesce(pg_sequence_last_value(a::regclass), 0)::text AS audit, ' +
      'coalesce(pg_sequence_last_value(e::regclass), 0)::text AS event ' +
      'FROM unnest($1::oid[], $2::oid[]) WITH ORDINALITY u(a, e, i) ORDER BY i',
    values: [
      watched.map(({ auditSequence }) => auditSequence),
      watched.map(({ eventSequence }) => eventSequence),
    ],
    name: 'tenon_pulse',
  })
  return rows
}
