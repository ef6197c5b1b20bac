import { isObject, type Json } from '../store/json-value.ts'
import { givenIn } from './scenario-draft.ts'

/** Keys of steps, and of what is expected of them, that hold names of what is given. */
const NAMING: ReadonlySet<string> = new Set([
  ...['as', 'update', 'delete', 'restore', 'convert', 'merge', 'with', 'press', 'tick', 'submit', 'approve'],
  ...['reject', 'return', 'withdraw', 'read', 'owner', 'visible', 'hidden', 'record', 'waiting'],
])
/** Keys whose values are those of records, by field. */
const VALUES: ReadonlySet<string> = new Set(['create', 'upsert', 'set', 'add', 'values'])

/**
 * A scenario in which what is given is called otherwise, wherever it is mentioned.
 * @param pointsTo whether a field of an entity holds such names; of a step whose entity is not told any entity's
 */
export function renamedGiven(
  definition: Json,
  from: string,
  to: string,
  pointsTo: (field: string) => boolean,
): Json {
  const name = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(name) : value === from ? to : value
  const values = (of: unknown): unknown => {
    if (!isObject(of)) return of
    return mapped(of, (key, value) => (pointsTo(key) ? name(value) : isObject(value) ? values(value) : value))
  }
  const step = (of: unknown): unknown => {
    if (!isObject(of)) return of
    return mapped(of, (key, value) => {
      if (NAMING.has(key)) return name(value)
      if (VALUES.has(key)) return values(value)
      if (key === 'then') return step(value)
      return key === 'lane' && Array.isArray(value) ? value.map(step) : value
    })
  }
  const given = givenIn(definition).map((one) => [
    one.name === from ? to : one.name,
    { [one.entity]: values(one.values) },
  ])
  const steps = Array.isArray(definition.steps) ? definition.steps.map(step) : definition.steps
  return { ...definition, given: Object.fromEntries(given), steps }
}

const mapped = (of: Json, change: (key: string, value: unknown) => unknown): Json =>
  Object.fromEntries(Object.entries(of).map(([key, value]) => [key, change(key, value)]))
