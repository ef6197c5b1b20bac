import { trailKey } from '../../audit/trail.ts'
import type { Transaction } from '../../db/database.ts'
import { parseJson } from '../../db/values.ts'
import type { WorkspaceEvent } from '../../events/event.ts'
import type { CompiledEntity } from '../../model/compiled.ts'

/** Later writes of one record that are taken back at most. */
const MOST_LATER = 100

/**
 * Sets a record back to what a write left, in a transaction that is taken back: the flow in force may have changed it since,
 * and both sides are to find it as it was when the request ended, its owner given. What is kept sealed, or in several columns, stays as it is.
 */
export async function rewind(
  tx: Transaction,
  schema: string,
  entity: CompiledEntity,
  event: WorkspaceEvent,
): Promise<void> {
  if (event.source !== 'audit' || event.record === null) return
  const { rows } = await tx.query<{ changes: string | null }>({
    text: `SELECT a.changes::text AS changes FROM ${schema}.tenon_audit a WHERE a.entity = $1::uuid AND a.record = $2::uuid
AND a.id > $3::bigint AND a.action = 'update' AND (a.request IS NULL OR a.request IS DISTINCT FROM $4::uuid) ORDER BY a.id DESC LIMIT ${MOST_LATER}`,
    values: [entity.id, event.record, event.id, event.request],
  })
  const before = new Map<string, unknown>()
  for (const { changes } of rows) {
    for (const [key, change] of Object.entries(changes === null ? {} : parseJson<object>(changes)))
      before.set(key, (change as { readonly before?: unknown } | null)?.before ?? null)
  }
  const columns = [...entity.fields.values()].flatMap((field) => {
    const isPlain = field.columns.length === 1 && field.type.sealing === undefined && !field.system
    const isFault = typeof before.get(trailKey(field)) === 'object' && field.type.computed !== undefined
    return isPlain && !isFault && before.has(trailKey(field)) ? [field.columns[0]!] : []
  })
  if (columns.length === 0) return
  const list = columns.join(', ')
  await tx.query({
    text: `UPDATE ${entity.table} t SET (${list}) = (SELECT ${list} FROM jsonb_populate_record(NULL::${entity.table}, $2::jsonb))
WHERE t."id" = $1::uuid`,
    values: [event.record, JSON.stringify(Object.fromEntries(before))],
  })
}
