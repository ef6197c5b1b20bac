import type { Registry } from '../registry/registry.ts'
import { equalDefinitions } from './canonical.ts'
import type { ChangesetItem } from './changesets.ts'
import type { Definition, DefinitionSet } from './compiled.ts'
import { listDefinitions } from './definition-set.ts'

/** An item that comes from elsewhere, with what it was there before. */
export type BroughtItem = ChangesetItem & { readonly ownBase: { readonly definition: unknown } }

/**
 * The items by which what has changed elsewhere comes into what is in force here. Pure. What is in force already makes
 * none; the merge with what has changed here since is the draft's (`rebaseDraft`).
 * @param base the definitions that both sides began with
 * @param theirs the same as they are elsewhere now
 */
export function bringItems(
  base: readonly Definition[],
  theirs: readonly Definition[],
  inForce: DefinitionSet,
  registry: Registry,
): readonly BroughtItem[] {
  const here = listDefinitions(inForce)
  const set = theirs.flatMap((definition): BroughtItem[] => {
    const was = counterpartIn(base, definition)
    if (was !== undefined && equalDefinitions(was, definition, registry)) return []
    const now = counterpartIn(here, definition)
    if (now !== undefined && equalDefinitions(now, definition, registry)) return []
    return [{ kind: definition.kind, name: definition.name, definition, ownBase: { definition: was } }]
  })
  const removed = base.flatMap((was): BroughtItem[] => {
    if (counterpartIn(theirs, was) !== undefined) return []
    const now = counterpartIn(here, was)
    // Whoever has renamed it meanwhile is asked about it under its new name.
    return now === undefined
      ? []
      : [{ kind: now.kind, name: now.name, definition: undefined, ownBase: { definition: was } }]
  })
  return [...set, ...removed]
}

/** The same definition in a list: by id, through renames, else by name where that has no other id. */
function counterpartIn(list: readonly Definition[], { kind, name, id }: Definition): Definition | undefined {
  const ofKind = list.filter((one) => one.kind === kind)
  return (
    ofKind.find((one) => id !== undefined && one.id === id) ??
    ofKind.find((one) => one.name === name && (id === undefined || one.id === undefined))
  )
}
