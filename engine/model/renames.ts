import type { DefinitionSet, Kind } from './compiled.ts'
import { listDefinitions } from './definition-set.ts'
import { addressOf } from './kinds/items.ts'
import type { Target } from './kinds/kind-spec.ts'
import { itemsOf } from './kinds/kinds.ts'

/** What is called otherwise in a candidate than in the base. */
export interface Renames {
  readonly isEmpty: boolean
  /**
   * The new name of a definition or item, or undefined where it keeps its name.
   * @param to as it is called in the base; a renamed definition may also be given by its new name
   */
  newName(to: Target): string | undefined
  /** Whether nothing in the candidate has the old name now: then who says it can only mean the new one. */
  isFree(to: Target): boolean
}

/** Finds by id what the candidate calls otherwise. */
export function findRenames(base: DefinitionSet, candidate: DefinitionSet): Renames {
  const now = new Map(
    listDefinitions(candidate).flatMap((definition) =>
      definition.id === undefined ? [] : [[definition.id, definition]],
    ),
  )
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const before of listDefinitions(base)) {
    const after = before.id === undefined ? undefined : now.get(before.id)
    if (after === undefined || after === before) continue
    const { kind } = before
    const calledSo = before.name === after.name ? [before.name] : [before.name, after.name]
    if (before.name !== after.name) {
      names.set(addressOf(kind, before.name), after.name)
      if (hasName(candidate, kind, before.name)) taken.add(addressOf(kind, before.name))
    }
    const itemsAfter = itemsOf(kind, after)
    const itemsNow = new Map(itemsAfter.map((item) => [item.id, item]))
    const keysNow = new Set(itemsAfter.map((item) => item.key))
    for (const item of itemsOf(kind, before)) {
      const itemNow = item.id === undefined || item.noun === 'nav_item' ? undefined : itemsNow.get(item.id)
      if (itemNow === undefined || itemNow.name === item.name) continue
      for (const name of calledSo) {
        names.set(addressOf(kind, name, item.key), itemNow.name)
        if (keysNow.has(item.key)) taken.add(addressOf(kind, name, item.key))
      }
    }
  }
  return {
    isEmpty: names.size === 0,
    newName: ({ kind, name, item }) => names.get(addressOf(kind, name, item)),
    isFree: ({ kind, name, item }) => !taken.has(addressOf(kind, name, item)),
  }
}

function hasName(set: DefinitionSet, kind: Kind, name: string): boolean {
  return set[kind].has(name)
}
