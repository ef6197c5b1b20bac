import type { EntityDefinition } from '../../metadata/types.ts'
import type { Definition, DefinitionSet } from './compiled.ts'
import { findDefinition, listDefinitions, toDefinitionSet } from './definition-set.ts'

/** As many workspaces as are worked on at once; of others everything is worked out anew. */
const MOST_KEPT = 8
const readLast = new Map<string, DefinitionSet>()

/**
 * The set with the objects that were read last wherever a definition says the same, so that what was worked out of them is
 * still known: canonical forms, items, fields by name.
 * @param place where the set was read, such as a schema; only what is compared is told by it, so a clash does no harm
 */
export function keepObjects(place: string, read: DefinitionSet): DefinitionSet {
  const before = readLast.get(place)
  const kept = before === undefined ? read : withObjectsOf(before, read)
  readLast.delete(place)
  readLast.set(place, kept)
  const [oldest] = readLast.keys()
  if (readLast.size > MOST_KEPT && oldest !== undefined) readLast.delete(oldest)
  return kept
}

function withObjectsOf(before: DefinitionSet, now: DefinitionSet): DefinitionSet {
  return toDefinitionSet(
    listDefinitions(now).map((definition): Definition => {
      const known = findDefinition(before, definition.kind, definition.name)
      return known !== undefined && isSameJson(known, definition) ? known : definition
    }),
  )
}

/** The entities of one set that are not, as the same objects, in another: what may differ between the two. */
export function differingEntities(of: DefinitionSet, other: DefinitionSet): readonly EntityDefinition[] {
  return [...of.entity.values()].filter((entity) => other.entity.get(entity.name) !== entity)
}

/** Whether two JSON values would be written with the same characters, the order of keys included. */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const [keys, others] = [Object.keys(one), Object.keys(other)]
  return (
    keys.length === others.length &&
    keys.every(
      (key, at) =>
        key === others[at] &&
        isSameJson((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]),
    )
  )
}
