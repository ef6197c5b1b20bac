import type { Executor } from '../db/database.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { dependentsOf } from '../model/computed.ts'
import type { RequestContext } from './context.ts'
import type { WriteValues } from './parse-write.ts'

/**
 * Holds the records into which records of an entity are rolled up, and those into which these are, from the top down and
 * each level in the order of its ids. Every write takes this order, so that two of them wait for each other instead of
 * blocking each other. What moves meanwhile is taken later and may block: PostgreSQL ends one of the two, which is tried
 * again.
 * @param ids of records that are there
 * @param values what is about to be written, where it may name other parents
 */
export async function holdAncestors(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
  values: readonly WriteValues[],
): Promise<void> {
  await hold(context, tx, entity, ids, values, new Set())
}

async function hold(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
  values: readonly WriteValues[],
  held: Set<string>,
): Promise<void> {
  for (const [parent, lookups] of lookupsByParent(context, entity)) {
    const named = values.flatMap((one) => lookups.map((by) => one.get(by)))
    const known = named.filter((id): id is string => typeof id === 'string').map((id) => id.toLowerCase())
    const stored = ids.length === 0 ? [] : await parentsOf(tx, entity, lookups, ids)
    const fresh = [...new Set([...known, ...stored])].filter((id) => !held.has(id)).sort()
    if (fresh.length === 0) continue
    for (const id of fresh) held.add(id)
    await hold(context, tx, parent, fresh, [], held)
    await tx.query({
      text: `SELECT 1 FROM ${parent.table} t WHERE t."id" = ANY($1::uuid[]) ORDER BY t."id" FOR NO KEY UPDATE`,
      values: [fresh],
    })
  }
}

function lookupsByParent(
  context: RequestContext,
  entity: CompiledEntity,
): ReadonlyMap<CompiledEntity, readonly CompiledField[]> {
  const found = new Map<CompiledEntity, CompiledField[]>()
  for (const { parent, by } of dependentsOf(context.model, entity).rollUps) {
    found.set(parent, [...(found.get(parent) ?? []), by])
  }
  return found
}

async function parentsOf(
  tx: Executor,
  entity: CompiledEntity,
  lookups: readonly CompiledField[],
  ids: readonly string[],
): Promise<readonly string[]> {
  const lists = lookups.map((by) => `t.${by.columns[0]}`)
  const { rows } = await tx.query<{ id: string }>({
    text:
      `SELECT DISTINCT p.id::text AS id FROM ${entity.table} t CROSS JOIN LATERAL unnest(ARRAY[${lists.join(', ')}]) p(id) ` +
      'WHERE t."id" = ANY($1::uuid[]) AND p.id IS NOT NULL',
    values: [ids],
  })
  return rows.map(({ id }) => id)
}
