import type { CompiledField } from '../model/compiled.ts'
import type { RECORD_ACTIONS } from './actions.ts'
import { insertAuditSql } from './row-sql.ts'

/** What a write did to a record, as audit and event name it. */
export type TrailAction = (typeof RECORD_ACTIONS)[number]

export interface TrailSource {
  /** The workspace's schema, quoted. */
  readonly schema: string
  /** A CTE with `id` and `version` of each written row. */
  readonly from: string
  /** SQL of a row's changes over `c`, the row of `from`, by `trailKey`: jsonb, of a create json. */
  readonly changes: string
  readonly entityId: string
  readonly action: TrailAction
  /** SQL of the acting user's id. */
  readonly actor: string
  /** SQL of what the write came through. */
  readonly via: string
  /** SQL of the client's address. */
  readonly address: string
  /** SQL of the request's id. */
  readonly request: string
  /** What it is about besides, `webform/event`; a name out of the model. */
  readonly subject?: string
  /** SQL of a random uuid, where the write is of one record. */
  readonly salt?: string
}

/**
 * The CTEs that leave a write's audit row, in the write's own statement: it cannot be missing when the write is there, nor
 * be there without it. It is the event of the write as well: what follows from writes reads the audit.
 */
export function trailCtes(source: TrailSource): readonly string[] {
  const { schema, from, changes, entityId, action, actor, via, address, request, salt, subject } = source
  const entity = `'${entityId}'::uuid`
  const row = {
    ...{ actor, via, action: `'${action}'`, entity, record: 'c.id', version: 'c.version' },
    ...{ subject: subject === undefined ? 'NULL::text' : `'${subject}'`, request, changes, address },
  }
  return [`ta AS (${insertAuditSql(schema, row, `${from} c`, salt)})`]
}

/**
 * Under which key a field stands in the audit: its column, which is assigned once and short, or what stands in its
 * place for a field kept elsewhere.
 */
export function trailKey(field: CompiledField): string {
  const column = field.columns[0]
  return column === undefined ? field.id : column.slice(1, -1).replaceAll('""', '"')
}

/** The same with those under which it stood while it had other types, the one of today first. */
export function trailKeys(field: CompiledField): readonly string[] {
  return [trailKey(field), ...field.formerColumns]
}
