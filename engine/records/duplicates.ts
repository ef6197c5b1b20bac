import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import type { FaultyWrite } from './faults.ts'
import { bind, createParameters, type Plan, toPlan } from './parameters.ts'
import { isStored, keyColumns, storedColumns } from './store-value.ts'

/** The sets of fields whose values together are unique among live records. */
export function uniqueKeys(entity: CompiledEntity): readonly (readonly CompiledField[])[] {
  const single = [...entity.fields.values()]
    .filter((field) => field.unique && !field.system)
    .map((field) => [field])
  const several = (entity.definition.unique ?? [])
    .map((names) => names.flatMap((name) => entity.fields.get(name) ?? []))
    .filter((key) => key.length > 1 || key[0]?.system === true)
  return [...single, ...several].filter((key) => key.every(isStored))
}

/**
 * The fields of every unique key that another live record holds already. Asked only after a write was refused:
 * PostgreSQL names the first key alone, and people want to mend all at once.
 */
export async function duplicateFields(
  context: RequestContext,
  entity: CompiledEntity,
  write: FaultyWrite,
): Promise<readonly CompiledField[]> {
  const keys = uniqueKeys(entity).filter((key) => key.some((field) => write.values.has(field)))
  // Past the pool for writes: whoever asks may hold one of its connections.
  return await context.db.transaction(
    async (tx) => {
      const taken = new Set<CompiledField>()
      for (const key of keys) {
        const { plan, slots } = await planLookup(context, entity, key, write)
        const found = await tx.query(bind(plan, context, slots))
        if (found.rows.length > 0) for (const field of key) taken.add(field)
      }
      return [...taken]
    },
    { direct: true },
  )
}

/** Another live record with the same key; fields that the write leaves alone count as they are stored. */
async function planLookup(
  context: RequestContext,
  entity: CompiledEntity,
  key: readonly CompiledField[],
  write: FaultyWrite,
): Promise<{ plan: Plan; slots: Record<string, unknown> }> {
  const parameters = createParameters()
  const id = parameters.open('id', 'uuid')
  const slots: Record<string, unknown> = { id: write.id }
  const conditions: string[] = []
  for (const [at, field] of key.entries()) {
    const isGiven = write.values.has(field)
    const stored = isGiven ? await storedColumns(context.model, field, write.values.get(field)) : []
    for (const [part, { column, sqlType }] of keyColumns(field).entries()) {
      const name = `key${at}.${part}`
      if (isGiven) slots[name] = stored[part]?.value ?? null
      conditions.push(`o.${column} = ${isGiven ? parameters.open(name, sqlType) : `s.${column}`}`)
    }
  }
  const text =
    `SELECT 1 FROM ${entity.table} o LEFT JOIN ${entity.table} s ON s."id" = ${id} ` +
    `WHERE o."deleted_at" IS NULL AND o."id" <> ${id} AND ${conditions.join(' AND ')} LIMIT 1`
  return { plan: toPlan(text, parameters), slots }
}
