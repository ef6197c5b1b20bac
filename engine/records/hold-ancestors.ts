import type { Executor } from '../db/database.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { RollUpDependent } from '../model/computed.ts'
import { movesAbove, topDown } from '../model/rolled-up.ts'
import type { RequestContext } from './context.ts'
import type { WriteValues } from './parse-write.ts'
import { parentIdsSql, parentsNamed } from './roll-up-ties.ts'

/**
 * Holds the records into which records of an entity are rolled up, and those into which these are, from the top down and
 * each level in the order of its ids. Every write takes this order, so that two of them wait for each other instead of
 * blocking each other; where two entities are rolled up into one another, both take the same of the two first. What moves
 * meanwhile is taken later and may block: PostgreSQL ends one of the two, which is tried again.
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
  const found = new Map<CompiledEntity, Set<string>>()
  await climb(context, tx, entity, ids, values, undefined, found)
  if (found.size === 0) return
  const order = topDown(context.model)
  const levels = [...found.keys()].sort((one, other) => order.indexOf(one) - order.indexOf(other))
  // The written records come last and are held by the write itself, unless others must come after them.
  if (order.indexOf(levels.at(-1)!) >= order.indexOf(entity)) {
    found.set(entity, new Set([...(found.get(entity) ?? []), ...ids]))
    if (!levels.includes(entity)) levels.push(entity)
    levels.sort((one, other) => order.indexOf(one) - order.indexOf(other))
  }
  for (const level of levels) await hold(tx, level, [...found.get(level)!].sort())
}

/** Notes the ancestors of records in which these fields may move; undefined: any. */
async function climb(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
  values: readonly WriteValues[],
  moved: ReadonlySet<string> | undefined,
  found: Map<CompiledEntity, Set<string>>,
): Promise<void> {
  for (const { parent, ties, fields } of movesAbove(context.model, entity, moved)) {
    const named = values.flatMap((one) => ties.flatMap((tie) => parentsNamed(tie, one.get(tie.by))))
    const stored = ids.length === 0 ? [] : await parentsOf(tx, entity, ties, ids)
    const all = [...new Set([...named, ...stored])]
    if (all.length === 0) continue
    found.set(parent, new Set([...(found.get(parent) ?? []), ...all]))
    await climb(context, tx, parent, all, [], fields, found)
  }
}

async function hold(tx: Executor, { table }: CompiledEntity, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.query({
    text: `SELECT 1 FROM ${table} t WHERE t."id" = ANY($1::uuid[]) ORDER BY t."id" FOR NO KEY UPDATE`,
    values: [ids],
  })
}

async function parentsOf(
  tx: Executor,
  entity: CompiledEntity,
  ties: readonly RollUpDependent[],
  ids: readonly string[],
): Promise<readonly string[]> {
  const lists = ties.map((tie) => parentIdsSql(tie, entity.table, '$1::uuid[]'))
  const { rows } = await tx.query<{ id: string }>({
    text: `SELECT DISTINCT p.id::text AS id FROM (${lists.join(' UNION ALL ')}) p`,
    values: [ids],
  })
  return rows.map(({ id }) => id)
}
