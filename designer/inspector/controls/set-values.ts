import { isObject, type Json, type Path, valueAt } from '../../store/json-value.ts'

/** What a value that a step gives a field comes from. */
export type Source = 'fixed' | 'field' | 'later' | 'people' | 'rule'

const PEOPLE: ReadonlySet<string> = new Set(['field', 'role', 'team', 'user', 'leaderOf', 'pool', 'table'])
/** The record that the flow is about, as a field that points to it takes it. */
export const ITSELF = 'id'

/** Where a value comes from, by its form. */
export function sourceOf(value: unknown): Source {
  if (Array.isArray(value)) return value.some(isObject) ? 'people' : 'fixed'
  if (!isObject(value)) return 'fixed'
  if (typeof value.var === 'string') return 'field'
  if (laterOf(value) !== undefined) return 'later'
  return Object.keys(value).some((key) => PEOPLE.has(key)) ? 'people' : 'rule'
}

/** How long after now or today; undefined where it is something else. */
export function laterOf(value: unknown): string | undefined {
  if (!isObject(value) || !Array.isArray(value.date_add) || value.date_add.length !== 2) return undefined
  const [since, duration] = value.date_add as readonly unknown[]
  const isNow = isObject(since) && ('now' in since || 'today' in since)
  return isNow && typeof duration === 'string' ? duration : undefined
}

/** @param type of the field: a day is counted from today, a time from now */
export const later = (type: string | undefined, duration: string): Json => ({
  date_add: [type === 'date' ? { today: [] } : { now: [] }, duration],
})

/** A field of the model, as far as a value for it is concerned. */
interface Target {
  readonly type: string
  readonly isPointer: boolean
  readonly isPerson: boolean
}

/** What a value for a field may come from. */
export function sourcesFor({ type, isPointer, isPerson }: Target): readonly Source[] {
  if (isPerson) return ['field', 'people', 'rule']
  if (isPointer) return ['field', 'fixed', 'rule']
  return type === 'date' || type === 'date_time' ? ['later', 'field', 'rule'] : ['fixed', 'field', 'rule']
}

/** What a step sets values of, and of what it reads them; undefined where that is known only when it runs. */
export interface Around {
  readonly target: string | undefined
  readonly source: string | undefined
}

/**
 * The entities on both sides of the values of a step.
 * @param path of the values
 * @param pointsTo the entity behind a field that points to one
 */
export function aroundValues(
  kind: string,
  definition: Json,
  path: Path,
  pointsTo: (entity: string, field: string) => string | undefined,
): Around {
  const trigger = isObject(definition.trigger) ? definition.trigger : {}
  const own = kind === 'flow' ? trigger.record : definition.entity
  const source = typeof own === 'string' && !isInLoop(definition, path) ? own : undefined
  const step = valueAt(definition, path.slice(0, -1))
  if (!isObject(step)) return { target: source, source }
  if (typeof step.entity === 'string') return { target: step.entity, source }
  if (typeof step.record !== 'string') return { target: source, source }
  return { target: source === undefined ? undefined : pointsTo(source, step.record), source }
}

/** Steps for each of several read the one whose turn it is. */
const isInLoop = (definition: Json, path: Path): boolean =>
  path.slice(0, -2).some((_, at) => {
    const here = valueAt(definition, path.slice(0, at + 1))
    return isObject(here) && here.do === 'for_each'
  })
