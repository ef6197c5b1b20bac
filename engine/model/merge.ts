import { isDeepStrictEqual } from 'node:util'
import { isRecord, own, pointer } from './pointer.ts'

export interface Merged {
  /** Where both sides differ, ours. */
  readonly value: unknown
  /** JSON pointers to the places that both sides have changed differently. */
  readonly conflicts: readonly string[]
}

/**
 * Which side stands at a place that both have changed; undefined where nobody has decided.
 * @param other what the other side has made of it
 */
export type Decide = (path: string, other: unknown) => 'ours' | 'theirs' | undefined

const undecided: Decide = () => undefined

/**
 * Merges two changes of one value, as version control does (three-way): what only one side has changed is taken from
 * that side. Objects are merged key by key; lists whose entries have ids or names, entry by entry, in our order with
 * what they have added behind what it stood behind; any other list counts as one value.
 */
export function mergeValues(
  base: unknown,
  ours: unknown,
  theirs: unknown,
  decide: Decide = undecided,
  path = '',
): Merged {
  if (isDeepStrictEqual(ours, theirs) || isDeepStrictEqual(base, theirs))
    return { value: ours, conflicts: [] }
  if (isDeepStrictEqual(base, ours)) return { value: theirs, conflicts: [] }
  if (isRecord(ours) && isRecord(theirs))
    return mergeRecords(isRecord(base) ? base : {}, ours, theirs, decide, path)
  if (areItems(ours) && areItems(theirs) && (base === undefined || areItems(base))) {
    return mergeItemLists(base ?? [], ours, theirs, decide, path)
  }
  const side = decide(path, theirs)
  if (side === 'theirs') return { value: theirs, conflicts: [] }
  return { value: ours, conflicts: side === 'ours' ? [] : [path] }
}

type Item = Readonly<Record<string, unknown>>

function mergeRecords(base: Item, ours: Item, theirs: Item, decide: Decide, path: string): Merged {
  const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])]
  const merged = keys.map((key) => {
    const values = [own(base, key), own(ours, key), own(theirs, key)] as const
    return { key, ...mergeValues(...values, decide, path + pointer(key)) }
  })
  return {
    value: Object.fromEntries(
      merged.filter(({ value }) => value !== undefined).map(({ key, value }) => [key, value]),
    ),
    conflicts: merged.flatMap(({ conflicts }) => conflicts),
  }
}

function areItems(value: unknown): value is readonly Item[] {
  return (
    Array.isArray(value) && value.every((entry) => isRecord(entry) && typeof identityOf(entry) === 'string')
  )
}

function identityOf(item: Item): unknown {
  return item.id ?? item.name
}

function mergeItemLists(
  base: readonly Item[],
  ours: readonly Item[],
  theirs: readonly Item[],
  decide: Decide,
  path: string,
): Merged {
  const find = (list: readonly Item[], id: unknown) => list.find((item) => identityOf(item) === id)
  const order = mergeOrder(base.map(identityOf), ours.map(identityOf), theirs.map(identityOf))
  const conflicts: string[] = []
  const value: unknown[] = []
  for (const id of order) {
    const position = ours.findIndex((item) => identityOf(item) === id)
    const here = position < 0 ? path : path + pointer(position)
    const part = mergeValues(find(base, id), find(ours, id), find(theirs, id), decide, here)
    conflicts.push(...part.conflicts)
    if (part.value !== undefined) value.push(part.value)
  }
  return { value, conflicts }
}

/** Our order, or theirs where we have not changed it; what the other side has added stands behind its neighbour. */
function mergeOrder(
  base: readonly unknown[],
  ours: readonly unknown[],
  theirs: readonly unknown[],
): unknown[] {
  const common = (list: readonly unknown[]) => list.filter((id) => base.includes(id) && ours.includes(id))
  const isOurOrder = isDeepStrictEqual(common(base), common(ours))
  const [first, second] = isOurOrder ? [theirs, ours] : [ours, theirs]
  const order = [...first]
  for (const [index, id] of second.entries()) {
    if (order.includes(id)) continue
    const neighbour = second.slice(0, index).findLast((other) => order.includes(other))
    order.splice(neighbour === undefined ? 0 : order.indexOf(neighbour) + 1, 0, id)
  }
  return order
}
