import { resolves } from './check-references.ts'
import type { Definition, DefinitionSet, Kind } from './compiled.ts'
import { findDefinition, listDefinitions } from './definition-set.ts'
import { addressOf } from './kinds/items.ts'
import type { ModelContext, Reference, Target } from './kinds/kind-spec.ts'
import { itemsOf, referencesOf } from './kinds/kinds.ts'
import { own, pointerSteps, valueAt } from './pointer.ts'
import { findRenames } from './renames.ts'

/** Something that a draft takes away, with the places that still name it. */
export interface Taken extends Target {
  readonly label?: unknown
  /** What stays beside it and may stand in its place. */
  readonly others: readonly { readonly name: string; readonly label?: unknown }[]
  readonly uses: readonly TakenUse[]
}

/** A place in a definition of the draft that names what is gone. */
export interface TakenUse extends Pick<Reference, 'path' | 'inKey' | 'span'> {
  readonly definition: { readonly kind: Kind; readonly name: string }
}

/**
 * What a draft takes away although something names it: definitions and items of them, by their ids, so that a rename takes
 * nothing. A name that led somewhere only through what is gone, such as the inverse of a lookup, counts as a use of that.
 * @param unsure addresses of definitions that the draft has in a wrong shape: what is in them is not known
 */
export function takenUses(
  base: ModelContext,
  candidate: ModelContext,
  unsure: ReadonlySet<string> = new Set(),
): readonly Taken[] {
  if (!takesAnything(base.definitions, candidate)) return []
  const renames = findRenames(base.definitions, candidate.definitions)
  const isGone = (to: Target): boolean =>
    resolves(to, base) &&
    !resolves(to, candidate) &&
    !unsure.has(addressOf(to.kind, to.name)) &&
    renames.newName(to) === undefined
  const before = new Map(listDefinitions(base.definitions).map((one) => [one.id, one]))
  const found = new Map<string, { readonly taken: Target; readonly uses: Map<string, TakenUse> }>()
  for (const definition of listDefinitions(candidate.definitions)) {
    const was = definition.id === undefined ? undefined : before.get(definition.id)
    const led =
      was === undefined ? [] : referencesOf(was, base).filter((one) => isAsBefore(one, was, definition))
    for (const reference of [...referencesOf(definition, candidate), ...led]) {
      if (!isGone(reference.to)) continue
      const taken = outermost(reference.to, candidate)
      // What a field may hold goes with the place that names the field.
      if (taken === undefined || (taken.item !== undefined && taken.item !== reference.to.item)) continue
      const key = addressOf(taken.kind, taken.name, taken.item)
      const { uses } = found.get(key) ?? { uses: new Map<string, TakenUse>() }
      const { kind, name } = definition
      const { path, inKey, span } = reference
      const use = { definition: { kind, name }, path, ...(inKey && { inKey }), ...(span && { span }) }
      uses.set(`${kind}/${name}${path} ${inKey ?? false}`, use)
      found.set(key, { taken, uses })
    }
  }
  return [...found.values()].map(({ taken, uses }) => ({
    ...taken,
    ...labelled(taken, base.definitions),
    others: othersOf(taken, candidate.definitions),
    uses: [...uses.values()],
  }))
}

/** Most drafts take nothing away: then nobody's mentions need to be looked through. */
function takesAnything(base: DefinitionSet, candidate: ModelContext): boolean {
  return listDefinitions(base).some((definition) => {
    const { kind, name } = definition
    if (findDefinition(candidate.definitions, kind, name) === definition) return false
    return (
      !resolves({ kind, name }, candidate) ||
      itemsOf(kind, definition).some(({ key }) => !resolves({ kind, name, item: key }, candidate))
    )
  })
}

/** Whether a place says what it said when the mention led somewhere. */
function isAsBefore({ path, inKey }: Reference, was: Definition, now: Definition): boolean {
  const steps = pointerSteps(path)
  const there = valueAt(now, steps)
  return inKey ? there !== undefined : there !== undefined && there === valueAt(was, steps)
}

/** Kinds in whose items' keys what stands before a slash holds what stands behind it. */
const NESTED: ReadonlySet<Kind> = new Set(['entity', 'pipeline'])

/** The definition where that is gone as a whole, else the item, or the one that held it. */
function outermost(to: Target, candidate: ModelContext): Target | undefined {
  const { kind, name, item } = to
  if (!resolves({ kind, name }, candidate)) return { kind, name }
  if (!NESTED.has(kind)) return to
  const steps = item?.split('/') ?? []
  const depth = steps.findIndex(
    (_, at) => !resolves({ kind, name, item: steps.slice(0, at + 1).join('/') }, candidate),
  )
  return depth === -1 ? undefined : { kind, name, item: steps.slice(0, depth + 1).join('/') }
}

function labelled({ kind, name, item }: Target, definitions: DefinitionSet): { readonly label?: unknown } {
  const definition = definitions[kind].get(name)
  const found =
    item === undefined ? definition : itemsOf(kind, definition).find(({ key }) => key === item)?.value
  const label = own(found, 'label')
  return label === undefined ? {} : { label }
}

/** Items of the same sort, where the definition still is. */
function othersOf({ kind, name, item }: Target, definitions: DefinitionSet): Taken['others'] {
  if (item === undefined) return []
  const holder = item.slice(0, item.lastIndexOf('/') + 1)
  return itemsOf(kind, definitions[kind].get(name))
    .filter(({ key }) => key.startsWith(holder) && !key.slice(holder.length).includes('/'))
    .map(({ name: called, value }) => {
      const label = own(value, 'label')
      return { name: called, ...(label === undefined ? {} : { label }) }
    })
}
