import type { Executor } from '../../db/database.ts'
import { parseJson } from '../../db/values.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import type { RequestContext } from '../../records/context.ts'
import { type FieldChange, presentChanges } from '../../records/history-changes.ts'
import type { ShownCells } from '../../records/shown-cells.ts'

interface Write {
  readonly version: number
  readonly changes: Readonly<Record<string, { readonly before?: unknown; readonly after?: unknown }>>
}

/**
 * What changed in a record between versions, as the actor is shown it: from the audit, of several writes the first before
 * and the last after. What a flow wrote that an approval set off, such as a status, is no change that somebody made.
 * @returns by the version behind which and up to which is asked
 */
export async function changesBetween(
  context: RequestContext,
  db: Executor,
  { entity, record, cells }: { entity: CompiledEntity; record: string; cells: ShownCells },
  since: number,
): Promise<(after: number, upTo: number) => readonly FieldChange[]> {
  const { rows } = await db.query<{ version: number; changes: string }>({
    text:
      `SELECT a.version, a.changes::text AS changes FROM ${context.model.schema}.tenon_audit a WHERE a.record = $1::uuid ` +
      "AND a.entity = $2::uuid AND a.action = 'update' AND a.version > $3 " +
      `AND (a.via <> 'flow' OR EXISTS (SELECT 1 FROM ${context.model.schema}.tenon_run r WHERE r.id = a.request ` +
      `AND r.cause->>'by' <> 'approval')) ORDER BY a.id`,
    values: [record, entity.id, since],
  })
  const writes = rows.map(
    ({ version, changes }): Write => ({ version: Number(version), changes: parseJson(changes ?? '{}') }),
  )
  return (after, upTo) => {
    const merged: Record<string, { before?: unknown; after?: unknown }> = {}
    for (const { version, changes } of writes) {
      if (version <= after || version > upTo) continue
      for (const [key, change] of Object.entries(changes)) {
        const first = merged[key]
        merged[key] = first === undefined ? change : { ...first, after: change.after }
      }
    }
    return presentChanges(context, entity, 'update', merged, cells)
  }
}
