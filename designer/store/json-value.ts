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
}

/**
 * The places where two values differ, each as deep as both still are objects. A list is one place unless its entries have
 * names in the same order.
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
  if (isObject(from) && isObject(to)) return [...new Set([...Object.keys(from), ...Object.keys(to)])]
  if (!Array.isArray(from) || !Array.isArray(to) || from.length !== to.length) return undefined
  const names = (list: readonly unknown[]) => list.map((one) => (isObject(one) ? one.name : undefined))
  const named = names(from)
  const isAligned = named.every((name) => typeof name === 'string') && isSame(named, names(to))
  return isAligned ? from.map((_one, index) => String(index)) : undefined
}
