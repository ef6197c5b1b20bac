import type { ScenarioThen } from '../../metadata/scenarios/acts.ts'
import type { Problem } from '../errors.ts'

type Fault = NonNullable<ScenarioThen['problem']>

/** Whether a problem is the one that was expected; without a path it may stand anywhere. */
export function isFault(found: Problem, { code, path }: Fault): boolean {
  return found.code === code && (path === undefined || found.path === path)
}

/** Whether the problems are exactly those that were expected, in any order. */
export function areFaults(found: readonly Problem[], expected: readonly Fault[]): boolean {
  if (found.length !== expected.length) return false
  const left = [...found]
  // Those that say the place first: one that says none must not take theirs.
  const exact = [...expected].sort(
    (one, other) => Number(other.path !== undefined) - Number(one.path !== undefined),
  )
  return exact.every((fault) => {
    const at = left.findIndex((one) => isFault(one, fault))
    if (at !== -1) left.splice(at, 1)
    return at !== -1
  })
}

/**
 * Whether a value is what was expected: lists in any order, of an object what is said of it, an empty list like nothing.
 */
export function isValue(found: unknown, expected: unknown): boolean {
  if (Array.isArray(expected) && expected.length === 0) return isNothing(found)
  if (expected === null) return isNothing(found)
  if (Array.isArray(expected)) return Array.isArray(found) && isSameList(found, expected)
  if (typeof expected !== 'object') return found === expected
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return false
  return Object.entries(expected).every(([key, value]) =>
    isValue((found as Readonly<Record<string, unknown>>)[key], value),
  )
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0)
}

function isSameList(found: readonly unknown[], expected: readonly unknown[]): boolean {
  if (found.length !== expected.length) return false
  const left = [...found]
  return expected.every((one) => {
    const at = left.findIndex((other) => isValue(other, one))
    if (at !== -1) left.splice(at, 1)
    return at !== -1
  })
}
