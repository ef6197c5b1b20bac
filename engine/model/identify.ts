import { type Problem, problem } from '../errors.ts'
import type { Definition, DefinitionSet, Kind } from './compiled.ts'
import { KIND_NAMES } from './definition-set.ts'
import { addressOf, itemName } from './kinds/items.ts'
import type { ItemList } from './kinds/kind-spec.ts'
import { itemsOf, KINDS } from './kinds/kinds.ts'
import { isRecord, own, pointer, valueAt } from './pointer.ts'
import { newId } from './uuid.ts'

export interface Identified {
  /** The definition with an `id` everywhere and no `was`. */
  readonly definition: Definition
  readonly problems: readonly Problem[]
}

/**
 * Gives a definition and all its named items their identity. A written id stays; `was` takes the id of the old
 * name; without either an item takes the id of the same name in force, unless another item has claimed it; else
 * it gets a new one. What was identified before comes back unchanged. Paths are relative to the definition.
 * @param definition of the right shape
 * @param inForce the model that the definition will change
 */
export function identify(
  definition: Definition,
  inForce: DefinitionSet,
  createId: () => string = newId,
): Identified {
  const problems: Problem[] = []
  const { kind } = definition
  const ofKind = inForce[kind] as ReadonlyMap<string, Definition>
  const [id] = identifyAll([definition], [...ofKind.values()], (one) => (one as Definition).name, {
    problems,
    createId,
    pathOf: () => '',
  })
  const before = [...ofKind.values()].find((one) => one.id === id)
  const work: Work = { problems, createId, places: placesOf(inForce), kind, id: id ?? '' }
  if (id !== undefined) checkPlace(id, kind, '', work)
  const withItems = KINDS[kind].lists.reduce<unknown>(
    (result, list) => identifyList(list, result, before, '', work),
    definition,
  )
  return { definition: withId(withItems, id) as unknown as Definition, problems }
}

interface Work {
  readonly problems: Problem[]
  readonly createId: () => string
  /** Where each id of the model in force is: an item keeps its list and its holder. */
  readonly places: ReadonlyMap<string, Place>
  readonly kind: Kind
  /** Of the definition. */
  readonly id: string
}

/** Replaces the list by one whose items have ids, and those that they hold. */
function identifyList(list: ItemList, holder: unknown, before: unknown, at: string, work: Work): unknown {
  const entries = valueAt(holder, list.at)
  if (!Array.isArray(entries)) return holder
  const known = valueAt(before, list.at)
  const former: readonly unknown[] = Array.isArray(known) ? known : []
  const pathOf = (index: number) => at + pointer(...list.at, index)
  const ids = identifyAll(entries, former, (entry) => itemName(list, entry), { ...work, pathOf })
  const identified = entries.map((entry: unknown, index) => {
    const id = ids[index]
    if (id === undefined) return entry
    checkPlace(id, `${work.kind} ${work.id} ${list.noun}`, pathOf(index), work)
    const old = former.find((one) => own(one, 'id') === id)
    const inner = (list.nested ?? []).reduce(
      (result, nested) => identifyList(nested, result, old, pathOf(index), work),
      entry,
    )
    return withId(inner, id)
  })
  return replaceAt(holder, list.at, identified)
}

interface Naming {
  readonly problems: Problem[]
  readonly createId: () => string
  readonly pathOf: (index: number) => string
}

/** The ids of a list's entries: written and renamed ones first, so that a name cannot take what they claim. */
function identifyAll(
  entries: readonly unknown[],
  former: readonly unknown[],
  nameOf: (entry: unknown) => string | undefined,
  naming: Naming,
): readonly (string | undefined)[] {
  const byName = new Map(former.map((entry) => [nameOf(entry), own(entry, 'id')]))
  const claims = entries.map((entry, index) => claimOf(entry, nameOf(entry), byName, naming, index))
  const taken = new Set(claims)
  return entries.map((entry, index) => {
    const claim = claims[index]
    if (claim !== undefined || !isRecord(entry)) return claim
    const same = byName.get(nameOf(entry))
    const isFree = typeof same === 'string' && !taken.has(same)
    const id = isFree ? same : naming.createId()
    taken.add(id)
    return id
  })
}

/** What an entry says about its own identity: an id, or the name that it had. */
function claimOf(
  entry: unknown,
  name: string | undefined,
  byName: ReadonlyMap<string | undefined, unknown>,
  { problems, pathOf }: Naming,
  index: number,
): string | undefined {
  const id = own(entry, 'id')
  const was = own(entry, 'was')
  if (typeof id === 'string') return id.toLowerCase()
  if (typeof was !== 'string') return undefined
  const old = byName.get(was)
  if (typeof old === 'string') return old
  // A file that renames stays right when it is imported again: then the new name is in force.
  if (!byName.has(name)) {
    problems.push(problem('META_WAS_UNKNOWN', `${pathOf(index)}/was`, { params: { name: was } }))
  }
  return undefined
}

/** Where an id stands in force. */
interface Place {
  /** What must stay the same: kind, id of the definition, sort of item; a rename does not change it. */
  readonly place: string
  /** For people. */
  readonly address: string
}

/** An id may not wander: the values that lie under it belong to one entity. */
function checkPlace(id: string, place: string, at: string, { places, problems }: Work): void {
  const before = places.get(id)
  if (before === undefined || before.place === place) return
  problems.push(problem('META_ID_ELSEWHERE', `${at}/id`, { params: { id, other: before.address } }))
}

function placesOf(inForce: DefinitionSet): ReadonlyMap<string, Place> {
  const known = placeCache.get(inForce)
  if (known !== undefined) return known
  const places = new Map<string, Place>()
  for (const kind of KIND_NAMES) {
    for (const definition of (inForce[kind] as ReadonlyMap<string, Definition>).values()) {
      const { id, name } = definition
      if (id === undefined) continue
      places.set(id, { place: kind, address: addressOf(kind, name) })
      for (const item of itemsOf(kind, definition)) {
        if (item.id === undefined) continue
        places.set(item.id, { place: `${kind} ${id} ${item.noun}`, address: addressOf(kind, name, item.key) })
      }
    }
  }
  placeCache.set(inForce, places)
  return places
}

const placeCache = new WeakMap<DefinitionSet, ReadonlyMap<string, Place>>()

/** The name first, then the id, as exports write it; `was` has done its work. */
function withId(entry: unknown, id: string | undefined): unknown {
  if (!isRecord(entry)) return entry
  const { was: _was, ...rest } = entry
  return id === undefined || rest.id === id ? rest : { ...rest, id }
}

function replaceAt(holder: unknown, at: readonly string[], value: unknown): unknown {
  const [key, ...rest] = at
  if (key === undefined) return value
  if (!isRecord(holder)) return holder
  return { ...holder, [key]: replaceAt(holder[key], rest, value) }
}
