import type { Executor } from '../db/database.ts'
import { refuse } from '../errors.ts'
import type { CompiledField } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { clearPointers } from './delete.ts'
import type { Merged } from './merge-pointers.ts'
import { type ChosenValue, isOwnLookup, type Merging } from './merge-values.ts'
import { mergedFields } from './parse-merge.ts'
import { settling } from './settle.ts'

/**
 * What the record that stays has above it, in each lookup to its own entity: what is said, else its own, else the first of the
 * others' under which it would not come to stand above itself. Call when everything points to the one that stays.
 * @throws AppError MERGE_CYCLE
 */
export async function chooseParents(
  tx: Executor,
  merging: Merging,
): Promise<ReadonlyMap<CompiledField, ChosenValue>> {
  const { entity, survivor, wish, stored } = merging
  const values = new Map<CompiledField, ChosenValue>()
  for (const field of mergedFields(entity)) {
    if (!isOwnLookup(entity, field)) continue
    const heldBy = (id: string) => stored.get(id)?.[field.name] ?? null
    const own = heldBy(survivor)
    const said = wish.take.get(field)
    const sources = said === undefined ? [survivor, ...wish.losers] : [said]
    let chosen: string | undefined
    for (const source of sources) {
      const value = heldBy(source)
      if (value === null && said === undefined) continue
      if (value !== null && (await standsAbove(tx, merging, field, value))) continue
      chosen = source
      break
    }
    if (chosen === undefined && said !== undefined) throw refuse('MERGE_CYCLE', `/take/${field.name}`)
    if (chosen === survivor) continue
    const value = chosen === undefined ? null : heldBy(chosen)
    if (value !== null || own !== null) values.set(field, { value, from: chosen, isSaid: said !== undefined })
  }
  return values
}

/** Whether the record that stays stands above the one that a value names, or is it. */
async function standsAbove(
  tx: Executor,
  { entity, survivor, wish }: Merging,
  field: CompiledField,
  value: unknown,
): Promise<boolean> {
  const isDynamic = field.relation?.kind === 'dynamic'
  const named = isDynamic ? (value as { readonly entity: string; readonly id: string }) : undefined
  if (named !== undefined && named.entity !== entity.name) return false
  const first = (named?.id ?? (value as string)).toLowerCase()
  if (first === survivor || wish.losers.includes(first)) return true
  const [column, kind] = field.columns
  const isOfEntity = kind === undefined ? '' : ` AND t.${kind} = '${entity.id}'`
  const { rows } = await tx.query({
    text:
      `WITH RECURSIVE up(id) AS (SELECT $1::uuid UNION SELECT t.${column} FROM ${entity.table} t JOIN up ON t."id" = up.id ` +
      `WHERE t.${column} IS NOT NULL AND t."id" <> $2::uuid${isOfEntity}) SELECT 1 FROM up WHERE up.id = $2::uuid`,
    values: [first, survivor],
  })
  return rows.length > 0
}

/** Lets go of the records that go where the one that stays points to them: what takes their place is written afterwards. */
export async function letGo(
  context: RequestContext,
  tx: Executor,
  merged: Merged,
  merging: Merging,
): Promise<void> {
  const { entity, survivor, losers } = merged
  for (const inverse of entity.inverses) {
    const field = inverse.from === entity.name ? entity.fields.get(inverse.field) : undefined
    if (field === undefined || field.relation?.kind === 'many') continue
    const value = merging.stored.get(survivor)?.[field.name] ?? null
    if (!losers.includes(idOf(value))) continue
    await settling(context, tx, entity, [survivor], () =>
      clearPointers(context, tx, entity, inverse, [survivor]),
    )
  }
}

function idOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : String(value)
}
