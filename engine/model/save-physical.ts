import { isDeepStrictEqual } from 'node:util'
import type { Transaction } from '../db/database.ts'
import type { PhysicalRow } from './place.ts'

/** Writes the rows of tenon_physical that changed; indexes that are gone leave no row behind. */
export async function savePhysical(
  tx: Transaction,
  schema: string,
  before: readonly PhysicalRow[],
  after: readonly PhysicalRow[],
): Promise<void> {
  const earlier = new Map(before.map((row) => [row.itemId, row]))
  const changed = after.filter((row) => !isDeepStrictEqual(earlier.get(row.itemId), row))
  const kept = new Set(after.map((row) => row.itemId))
  const gone = before.filter((row) => !kept.has(row.itemId)).map((row) => row.itemId)
  if (gone.length > 0) {
    await tx.query({
      text: `DELETE FROM ${schema}.tenon_physical WHERE item_id = ANY($1::uuid[]) AND kind = 'index'`,
      values: [gone],
    })
  }
  if (changed.length === 0) return
  await tx.query({
    text: `INSERT INTO ${schema}.tenon_physical AS p (item_id, entity_id, kind, place, retired_at)
SELECT "itemId", "entityId", kind, place, CASE WHEN retired THEN now() END
FROM jsonb_to_recordset($1::jsonb) AS r("itemId" uuid, "entityId" uuid, kind text, place jsonb, retired boolean)
ON CONFLICT (item_id) DO UPDATE SET place = excluded.place,
  retired_at = CASE WHEN excluded.retired_at IS NULL THEN NULL ELSE coalesce(p.retired_at, now()) END`,
    values: [JSON.stringify(changed)],
  })
}
