/** Values of definitions: plain JSON that is never changed in place. */
export type Json = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands at a path; undefined where there is nothing. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, step) => (isObject(at) ? at[step] : undefined), value)
}

/** The same with another value at a path; undefined takes it away, and objects that are left empty with it. */
export function withValue(value: unknown, path: readonly string[], next: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return next
  const here = isObject(value) ? value : {}
  const inner = withValue(here[step], rest, next)
  if (inner === undefined || (rest.length > 0 && isObject(inner) && Object.keys(inner).length === 0)) {
    const { [step]: _gone, ...others } = here
    return others
  }
  return { ...here, [step]: inner }
}

/** Whether two values say the same, whatever the order of their keys. */
export function isSame(one: unknown, other: unknown): boolean {
  return sorted(one) === sorted(other)
}

function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join()}]`
  if (!isObject(value)) return JSON.stringify(value) ?? 'undefined'
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${sorted(value[key])}`).join()}}`
}
