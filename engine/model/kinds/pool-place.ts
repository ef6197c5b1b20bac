import type { PoolDefinition } from '../../../metadata/types.ts'
import type { DefinitionSet } from '../compiled.ts'

/** A pool in force: it has its id. */
export type ModelPool = PoolDefinition & { readonly id: string }

const found = new WeakMap<DefinitionSet, ReadonlyMap<string, readonly ModelPool[]>>()
const NONE: readonly ModelPool[] = []

/** The pools of an entity, in the order of their names; nothing, at no cost, where there are none. */
export function poolsOf(definitions: DefinitionSet, entity: string): readonly ModelPool[] {
  if (definitions.pool.size === 0) return NONE
  let byEntity = found.get(definitions)
  if (byEntity === undefined) {
    const made = new Map<string, ModelPool[]>()
    for (const pool of [...definitions.pool.values()].sort((a, b) => (a.name < b.name ? -1 : 1)))
      if (pool.id !== undefined) made.set(pool.entity, [...(made.get(pool.entity) ?? []), pool as ModelPool])
    byEntity = made
    found.set(definitions, made)
  }
  return byEntity.get(entity) ?? NONE
}

/** By entity: the fields from which the time in a pool’s rules counts; an index over each finds what is due. */
export function recycledSince(definitions: DefinitionSet, entity: string): readonly (readonly string[])[] {
  const fields = [...definitions.pool.values()]
    .filter((pool) => pool.entity === entity)
    .flatMap(({ recycle = [] }) => recycle.flatMap(({ limit }) => limit.since ?? []))
  return [...new Set(fields)].map((name) => [name])
}
