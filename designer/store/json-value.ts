import { OPERATORS } from '../../metadata/rules/catalogue.ts'

/** Values of definitions: plain JSON that is never changed in place. */
export type Json = Readonly<Record<string, unknown>>

/** A place in a definition: keys of objects, places in lists as numbers written out. */
export type Path = readonly string[]

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands at a path; undefined where there is nothing. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, step) => {
    if (Array.isArray(at)) return at[Number(step)]
    return isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined
  }, value)
}

/**
 * What stands at a path of one state of a definition in another one: an entry of a list is followed by its id, else its name,
 * wherever it stands there; any other by its place.
 */
export function valueThere(own: unknown, other: unknown, path: Path): unknown {
  const [step, ...rest] = path
  if (step === undefined) return other
  const entry = valueAt(own, [step])
  const known = Array.isArray(own) && isObject(entry) ? (entry.id ?? entry.name) : undefined
  const there =
    known !== undefined && Array.isArray(other)
      ? other.find((one: unknown) => isObject(one) && (one.id ?? one.name) === known)
      : valueAt(other, [step])
  return valueThere(entry, there, rest)
}

/**
 * The same with another value at a path. Undefined takes it away: the key of an object, and objects that are left empty
 * with it; the entry of a list, which closes up.
 */
export function withValue(value: unknown, path: Path, next: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return next
  if (Array.isArray(value)) return withEntry(value, step, rest, next)
  const here = isObject(value) ? value : {}
  const inner = withValue(here[step], rest, next)
  if (inner === undefined || (rest.length > 0 && isObject(inner) && Object.keys(inner).length === 0)) {
    const { [step]: _gone, ...others } = here
    return others
  }
  return { ...here, [step]: inner }
}

function withEntry(list: readonly unknown[], step: string, rest: Path, next: unknown): unknown {
  const at = Number(step)
  const inner = withValue(list[at], rest, next)
  return inner === undefined ? list.filter((_one, index) => index !== at) : list.toSpliced(at, 1, inner)
}

/** Whether two values say the same, whatever the order of their keys. */
export function isSame(one: unknown, other: unknown): boolean {
  return one === other || sorted(one) === sorted(other)
}

function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join()}]`
  if (!isObject(value)) return JSON.stringify(value) ?? 'undefined'
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${sorted(value[key])}`).join()}}`
}

/** One place where two values differ. */
export interface Difference {
  readonly path: Path
  readonly from: unknown
  readonly to: unknown
  /** What became of an entry of a list; the path of a removed one leads to where it was. */
  readonly fate?: 'new' | 'removed'
}

/**
 * The places where two values differ, each as deep as both still are objects. Entries of a list that have names are
 * followed by their ids or names, those that are about a field each by that field; any other list is one place.
 * @param isLeaf places that are told as one, however deep their values are; all others are told down to these
 */
export function differences(
  from: unknown,
  to: unknown,
  isLeaf?: (path: Path) => boolean,
  path: Path = [],
): readonly Difference[] {
  if (isSame(from, to)) return []
  if (isLeaf?.(path) !== true) {
    const entries = inLists(from, to, path) ?? sideBySide(from, to, path)
    if (entries !== undefined) return entries
    const nothing = isLeaf === undefined ? undefined : {}
    const keys = sharedKeys(from ?? nothing, to ?? nothing)
    if (keys !== undefined) {
      return keys.flatMap((key) =>
        differences(valueAt(from, [key]), valueAt(to, [key]), isLeaf, [...path, key]),
      )
    }
  }
  return [{ path, from, to }]
}

function sharedKeys(from: unknown, to: unknown): readonly string[] | undefined {
  if (!isObject(from) || !isObject(to)) return undefined
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
}

/** The key by which entries of both lists are known: their names, or the field that each of them alone is about. */
function nameKey(from: unknown, to: unknown): 'name' | 'field' | undefined {
  const lists = [from, to]
  if (lists.every((list) => hasTexts(list, 'name'))) return 'name'
  return lists.every((list) => hasTexts(list, 'field') && isDistinct(list, 'field')) ? 'field' : undefined
}

const hasTexts = (list: unknown, key: string): list is readonly Json[] =>
  Array.isArray(list) && list.every((one) => isObject(one) && typeof one[key] === 'string')

const isDistinct = (list: readonly Json[], key: string): boolean =>
  new Set(list.map((one) => one[key])).size === list.length

/**
 * Entries without names, such as steps, where as many stand in the same order: each beside the one that it was. What an
 * operator of a rule works on is told as one.
 */
function sideBySide(from: unknown, to: unknown, path: Path): readonly Difference[] | undefined {
  if (OPERATORS.has(path.at(-1) ?? '')) return undefined
  if (!Array.isArray(from) || !Array.isArray(to) || from.length !== to.length) return undefined
  const changed = [...to.keys()].filter((at) => !isSame(from[at], to[at]))
  const isBeside = changed.every(
    (at) =>
      isObject(from[at]) &&
      isObject(to[at]) &&
      Object.keys(from[at]).some((key) => key in to[at]) &&
      !changed.some((other) => isSame(from[at], to[other])),
  )
  return isBeside
    ? changed.flatMap((at) => differences(from[at], to[at], undefined, [...path, String(at)]))
    : undefined
}

/** Entry by entry; that the others stand in another order is told of the list. */
function inLists(from: unknown, to: unknown, path: Path): readonly Difference[] | undefined {
  const key = nameKey(from, to)
  return key === undefined ? undefined : byName(from as readonly Json[], to as readonly Json[], key, path)
}

function byName(
  from: readonly Json[],
  to: readonly Json[],
  key: 'name' | 'field',
  path: Path,
): readonly Difference[] | undefined {
  const ids = new Map<unknown, number>(
    from.flatMap((one, at) => (one.id === undefined ? [] : [[one.id, at] as const])),
  )
  const names = new Map<unknown, number>(from.map((one, at) => [one[key], at]))
  const before = to.map((one) => ids.get(one.id) ?? names.get(one[key]))
  const kept = before.filter((at) => at !== undefined)
  if (new Set(kept).size < kept.length) return undefined // names that stand twice
  const isMoved = kept.some((at, index) => index > 0 && at < kept[index - 1]!)
  return [
    ...(isMoved ? [{ path, from, to }] : []),
    ...to.flatMap((one, at): readonly Difference[] => {
      const place = [...path, String(at)]
      const was = before[at]
      return was === undefined
        ? [{ path: place, from: undefined, to: one, fate: 'new' }]
        : differences(from[was], one, undefined, place)
    }),
    ...from.flatMap((one, at): readonly Difference[] =>
      kept.includes(at) ? [] : [{ path: [...path, String(at)], from: one, to: undefined, fate: 'removed' }],
    ),
  ]
}

/** What left a list and what came to it; entries that have names are told by themselves. Undefined for what is no list. */
export function listChange(
  from: unknown,
  to: unknown,
): { readonly gone: readonly unknown[]; readonly come: readonly unknown[] } | undefined {
  if (!Array.isArray(from) || !Array.isArray(to)) return undefined
  if (nameKey(from, to) !== undefined) return { gone: [], come: [] }
  const without = (list: readonly unknown[], other: readonly unknown[]): readonly unknown[] => {
    const known = new Set(other.map(sorted))
    return list.filter((one) => !known.has(sorted(one)))
  }
  return { gone: without(from, to), come: without(to, from) }
}

/** What a text of JSON says. @returns undefined where it cannot be read; an empty text says nothing */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  if (text.trim() === '') return { value: undefined }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
