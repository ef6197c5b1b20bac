import { MOST_PROBLEMS } from './check-shape.ts'
import type { Definition, Kind } from './compiled.ts'
import { addressOf, itemName } from './kinds/items.ts'
import type { ItemList } from './kinds/kind-spec.ts'
import { KINDS } from './kinds/kinds.ts'
import { isRecord, own, pointer, pointerSteps, valueAt } from './pointer.ts'

/** What is left of a definition when everything of a wrong shape is taken out of it. */
export interface Salvaged {
  /** Of the right shape; undefined when too little is left. */
  readonly definition: Definition | undefined
  /** Addresses of items that exist but were taken out: a mention of one is no fault. */
  readonly unsure: readonly string[]
  /** Whether entries are missing that others may rightly mention. */
  readonly incomplete: boolean
  /** Where something of the salvaged definition stands in the original. */
  originalPath(path: string): string
}

/** Cutting one thing out can leave its holder empty; more rounds than that mean that little was right. */
const MOST_ROUNDS = 5

/**
 * Takes the faulty places out of a definition, so that what is right can be checked further and all problems
 * come at once. A faulty entry of a list goes as a whole.
 * @param faultsOf JSON pointers to the faulty places of a definition, [] where its shape is right
 */
export function salvage(
  raw: unknown,
  kind: Kind,
  name: string,
  faultsOf: (definition: unknown) => readonly string[],
): Salvaged {
  const places = new Set<string>()
  let moved = new Map<string, readonly number[]>()
  let definition: unknown = raw
  let faults = faultsOf(raw)
  // Where next to everything is wrong, the rest is not worth a look.
  const rounds = faults.length < MOST_PROBLEMS ? MOST_ROUNDS : 0
  for (let round = 0; faults.length > 0 && round < rounds; round++) {
    for (const fault of faults) places.add(placeToCut(raw, originalPath(fault, moved)))
    moved = new Map()
    definition = without(raw, places, '', moved)
    faults = faultsOf(definition)
  }
  const isWhole = faults.length === 0
  const kept = moved
  return {
    definition: isWhole ? (definition as Definition) : undefined,
    unsure: isRecord(raw) ? KINDS[kind].lists.flatMap((list) => names(list, raw, kind, name, '')) : [],
    incomplete: !isWhole || moved.size > 0,
    originalPath: (path) => originalPath(path, kept),
  }
}

/** What to cut for a fault: an entry of a list that lacks something goes as a whole, a key only by itself. */
function placeToCut(raw: unknown, fault: string): string {
  const steps = pointerSteps(fault)
  const entry = steps.findLastIndex((_, index) => Array.isArray(valueAt(raw, steps.slice(0, index))))
  const isOptionalKey =
    entry < steps.length - 1 && valueAt(raw, steps) !== undefined && !REQUIRED.has(steps.at(-1) ?? '')
  return isOptionalKey || entry < 0 ? fault : pointer(...steps.slice(0, entry + 1))
}

/** Keys without which an entry is nothing. */
const REQUIRED: ReadonlySet<string> = new Set(['name', 'type', 'to', 'of', 'by', 'field', 'entity'])

function without(
  value: unknown,
  places: ReadonlySet<string>,
  at: string,
  moved: Map<string, readonly number[]>,
): unknown {
  if (Array.isArray(value)) {
    const kept = value.map((_, index) => index).filter((index) => !places.has(at + pointer(index)))
    if (kept.length < value.length) moved.set(at, kept)
    return kept.map((index) => without(value[index], places, at + pointer(index), moved))
  }
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .filter((key) => !places.has(at + pointer(key)))
      .map((key) => [key, without(value[key], places, at + pointer(key), moved)]),
  )
}

function originalPath(path: string, moved: ReadonlyMap<string, readonly number[]>): string {
  let original = ''
  for (const step of pointerSteps(path)) {
    const index = moved.get(original)?.[Number(step)]
    original += pointer(index ?? step)
  }
  return original
}

/** Addresses of all items by the names that they have, whatever else is wrong with them. */
function names(list: ItemList, holder: unknown, kind: Kind, name: string, outer: string): readonly string[] {
  const entries = valueAt(holder, list.at)
  if (!Array.isArray(entries)) return []
  return entries.flatMap((entry: unknown) => {
    const entryName = itemName(list, entry) ?? own(entry, 'name')
    if (typeof entryName !== 'string') return []
    const key = [outer, list.prefix, entryName].filter(Boolean).join('/')
    const inner = (list.nested ?? []).flatMap((nested) => names(nested, entry, kind, name, key))
    return [addressOf(kind, name, key), ...inner]
  })
}
