import { isObject, isSame, type Json } from './json-value.ts'

/**
 * Puts onto another state of a definition what somebody else has changed: theirs stands where both have changed the same.
 * Lists are gone through by the names of their entries, so that what was put in or moved here stays where it is.
 * @param from what they began with @param to what they have made of it
 */
export function carried(from: unknown, to: unknown, at: unknown): unknown {
  if (isSame(from, to)) return at
  if (isObject(from) && isObject(to) && isObject(at)) return carriedObject(from, to, at)
  if (Array.isArray(from) && Array.isArray(to) && Array.isArray(at)) return carriedList(from, to, at) ?? to
  return to
}

function carriedObject(from: Json, to: Json, at: Json): Json {
  const keys = new Set([...Object.keys(at), ...Object.keys(to)])
  return Object.fromEntries(
    [...keys].flatMap((key) => {
      const value = carried(from[key], to[key], at[key])
      return value === undefined ? [] : [[key, value]]
    }),
  )
}

/** @returns undefined where entries have nothing to be known by */
function carriedList(
  from: readonly unknown[],
  to: readonly unknown[],
  at: readonly unknown[],
): readonly unknown[] | undefined {
  const names = new Map(from.flatMap((one) => (idOf(one) === undefined ? [] : [[idOf(one), nameOf(one)]])))
  const [before, after, own] = [from, to, at].map((list) =>
    // One that they have renamed is the one that it was.
    keyed(list, (one) => names.get(idOf(one)) ?? nameOf(one)),
  )
  if (before === undefined || after === undefined || own === undefined) return undefined
  const kept = new Map(
    [...own].flatMap(([key, value]) => {
      if (before.has(key) && !after.has(key)) return []
      return [[key, after.has(key) ? carried(before.get(key), after.get(key), value) : value]]
    }),
  )
  const added = [...after.keys()].filter((key) => !before.has(key) && !own.has(key))
  const shared = (keys: Iterable<string>) => [...keys].filter((key) => before.has(key) && after.has(key))
  const isMoved = !isSame(shared(before.keys()), shared(after.keys()))
  const order = isMoved ? inOrderOf([...after.keys()], [...kept.keys()]) : [...kept.keys()]
  for (const key of added) {
    // Behind what it stands behind there.
    const ahead = [...after.keys()].slice(0, [...after.keys()].indexOf(key)).reverse()
    const neighbour = ahead.find((one) => order.includes(one))
    order.splice(neighbour === undefined ? 0 : order.indexOf(neighbour) + 1, 0, key)
  }
  return order.map((key) => (kept.has(key) ? kept.get(key) : after.get(key)))
}

/** The keys that are there in this order; what it does not know stays behind what it stood behind. */
function inOrderOf(order: readonly string[], keys: readonly string[]): string[] {
  const sorted = order.filter((key) => keys.includes(key))
  for (const [index, key] of keys.entries()) {
    if (sorted.includes(key)) continue
    const ahead = keys[index - 1]
    sorted.splice(ahead === undefined ? 0 : sorted.indexOf(ahead) + 1, 0, key)
  }
  return sorted
}

function keyed(
  list: readonly unknown[],
  keyOfEntry: (entry: unknown) => string | undefined,
): ReadonlyMap<string, unknown> | undefined {
  const map = new Map<string, unknown>()
  for (const one of list) {
    const key = keyOfEntry(one)
    if (key === undefined || map.has(key)) return undefined
    map.set(key, one)
  }
  return map
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const idOf = (entry: unknown): string | undefined => (isObject(entry) ? textOf(entry.id) : undefined)

/** Fields of a list stand there by their names, or as `{"field": …}`. */
const nameOf = (entry: unknown): string | undefined =>
  isObject(entry) ? (textOf(entry.name) ?? textOf(entry.field)) : textOf(entry)
