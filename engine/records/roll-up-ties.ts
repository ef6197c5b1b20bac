import type { CompiledRollUp } from '../model/computed.ts'

/** How the records of a roll-up are tied to its parents, as SQL. */
type Tie = Pick<CompiledRollUp, 'by' | 'holder' | 'parent'>

/** Whether the ties lie in a table of their own: a record then may count for several parents. */
export function isLinked({ by }: Pick<Tie, 'by'>): boolean {
  return by.relation?.kind === 'many'
}

/** The columns of the link table: where it names the child, and where the parent. */
function sidesOf({ holder }: Tie): { readonly child: string; readonly parent: string } {
  return holder === 'child'
    ? { child: '"record"', parent: '"target"' }
    : { child: '"target"', parent: '"record"' }
}

/** Whether the record `alias` is tied to the parent whose id `parentId` gives. */
export function isTiedSql(tie: Tie, alias: string, parentId: string): string {
  const [id] = tie.by.columns
  if (!isLinked(tie)) return `${alias}.${id} = ${parentId}${isOfEntitySql(tie, alias)}`
  const side = sidesOf(tie)
  return (
    `${alias}."id" = ANY(ARRAY(SELECT rl.${side.child} FROM ${tie.by.linkTable} rl ` +
    `WHERE rl.${side.parent} = ${parentId}))`
  )
}

/** The parents of the record `alias` as a text: their ids in order, a space between two; NULL where it has none. */
export function parentsSql(tie: Tie, alias: string): string {
  const [id, entity] = tie.by.columns
  if (isLinked(tie)) {
    const side = sidesOf(tie)
    return (
      `(SELECT string_agg(rl.${side.parent}::text, ' ' ORDER BY rl.${side.parent}) ` +
      `FROM ${tie.by.linkTable} rl WHERE rl.${side.child} = ${alias}."id")`
    )
  }
  if (tie.by.relation?.kind !== 'dynamic') return `${alias}.${id}::text`
  return `CASE WHEN ${alias}.${entity} = '${tie.parent.id}' THEN ${alias}.${id}::text END`
}

/** A select of the ids of the parents of these records, as `id`; `ids` is SQL of a uuid[]. */
export function parentIdsSql(tie: Tie, childTable: string, ids: string): string {
  if (isLinked(tie)) {
    const side = sidesOf(tie)
    return `SELECT rl.${side.parent} AS id FROM ${tie.by.linkTable} rl WHERE rl.${side.child} = ANY(${ids})`
  }
  const id = `t.${tie.by.columns[0]}`
  return `SELECT ${id} AS id FROM ${childTable} t WHERE t."id" = ANY(${ids}) AND ${id} IS NOT NULL${isOfEntitySql(tie, 't')}`
}

/** Of a dynamic lookup, that it points to the parent's entity. */
function isOfEntitySql({ by, parent }: Tie, alias: string): string {
  return by.relation?.kind === 'dynamic' ? ` AND ${alias}.${by.columns[1]} = '${parent.id}'` : ''
}

/** The parents that a value of the tying field names; none where the parent holds it. */
export function parentsNamed({ by, holder, parent }: Tie, value: unknown): readonly string[] {
  if (holder === 'parent' || value === null || value === undefined) return []
  switch (by.relation?.kind) {
    case 'many':
      return (value as readonly string[]).map((id) => id.toLowerCase())
    case 'dynamic': {
      const { entity, id } = value as { readonly entity: string; readonly id: string }
      return entity === parent.name ? [id.toLowerCase()] : []
    }
    default:
      return [(value as string).toLowerCase()]
  }
}
