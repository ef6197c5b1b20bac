import type { Definition, Kind } from './compiled.ts'
import { listDefinitions } from './definition-set.ts'
import type { ModelContext, Target } from './kinds/kind-spec.ts'
import { referencesOf } from './kinds/kinds.ts'
import { own, pointerSteps, valueAt } from './pointer.ts'

/** One place where something is mentioned. */
export interface Use {
  readonly definition: { readonly kind: Kind; readonly name: string; readonly label?: Definition['label'] }
  /** JSON pointer into that definition. */
  readonly path: string
  /** What is mentioned there: the thing asked about, or an item of it. */
  readonly to: Target
  /** It is the key at the path that mentions it. */
  readonly inKey?: true
  /** The part of the text or key that is the name. */
  readonly span?: readonly [number, number]
}

/**
 * Where a definition or an item is used, definition by definition, each place once. Asked about a definition,
 * the mentions of its items in other definitions count too, those in itself do not; asked about a field, also
 * those of its options.
 */
export function usesOf(context: ModelContext, target: Target): readonly Use[] {
  return listDefinitions(context.definitions).flatMap((definition) => {
    const { kind, name, label } = definition
    const isItself = kind === target.kind && name === target.name
    if (isItself && target.item === undefined) return []
    const byPath = new Map<string, Use>()
    for (const { path, to, inKey, span } of referencesOf(definition, context)) {
      if (!covers(target, to) || byPath.has(path)) continue
      const called = { kind, name, ...(label === undefined ? {} : { label }) }
      byPath.set(path, { definition: called, path, to, ...(inKey && { inKey }), ...(span && { span }) })
    }
    return [...byPath.values()]
  })
}

/**
 * What the entries of lists on the way to a place are called, one after the other: by their label, else by their name; null
 * where they have neither.
 * @param path a JSON pointer into the definition
 */
export function entriesOn(definition: Definition, path: string): readonly (Definition['label'] | null)[] {
  const steps = pointerSteps(path)
  return steps.flatMap((_step, at) => {
    if (!Array.isArray(valueAt(definition, steps.slice(0, at)))) return []
    const entry = valueAt(definition, steps.slice(0, at + 1))
    return [(own(entry, 'label') ?? own(entry, 'name') ?? null) as Definition['label'] | null]
  })
}

function covers(target: Target, to: Target): boolean {
  if (target.kind !== to.kind || target.name !== to.name) return false
  return (
    target.item === undefined || target.item === to.item || (to.item?.startsWith(`${target.item}/`) ?? false)
  )
}

/** The definitions that mention any of several things, those themselves left out. */
export function usersOf(context: ModelContext, targets: readonly Target[]): readonly Definition[] {
  const wanted = new Map<string, Target[]>()
  for (const target of targets) {
    const key = `${target.kind}/${target.name}`
    wanted.set(key, [...(wanted.get(key) ?? []), target])
  }
  return listDefinitions(context.definitions).filter((definition) =>
    referencesOf(definition, context).some(
      ({ to }) =>
        (to.kind !== definition.kind || to.name !== definition.name) &&
        wanted.get(`${to.kind}/${to.name}`)?.some((target) => covers(target, to)) === true,
    ),
  )
}

/** The mentions of each item of a definition at once, in whichever definition, that itself included. */
export function itemUses(
  context: ModelContext,
  target: Omit<Target, 'item'>,
): ReadonlyMap<string, readonly Use[]> {
  const byItem = new Map<string, Map<string, Use>>()
  for (const definition of listDefinitions(context.definitions)) {
    const { kind, name, label } = definition
    for (const { path, to } of referencesOf(definition, context)) {
      if (to.kind !== target.kind || to.name !== target.name || to.item === undefined) continue
      // An option of a field is named after it: who reads one reads the field.
      const item = to.item.split('/')[0]!
      const uses = byItem.get(item) ?? new Map<string, Use>()
      const key = `${kind}/${name}${path}`
      if (!uses.has(key))
        uses.set(key, { definition: { kind, name, ...(label === undefined ? {} : { label }) }, path, to })
      byItem.set(item, uses)
    }
  }
  return new Map([...byItem].map(([item, uses]) => [item, [...uses.values()]]))
}
