import { isObject, type Json, type Path, valueAt, withValue } from '../store/json-value.ts'

/** Something that a draft takes away although it may be used: an item of a definition, or a definition. */
export interface Taken {
  readonly kind: string
  readonly name: string
  /** Undefined for the definition as a whole. */
  readonly item: string | undefined
  readonly label?: unknown
  /** What stays and may stand in its place. */
  readonly others: readonly Item[]
}

/** A field, a stage, an option. */
export interface Item {
  readonly name: string
  readonly id?: string
  readonly label?: unknown
}

const ITEMS: Readonly<Record<string, string>> = {
  entity: 'fields',
  pipeline: 'stages',
  option_set: 'options',
}

/** What a draft of one definition takes away of it: fields, stages, options; by their ids, so that a rename takes nothing. */
export function takenFrom(kind: string, name: string, inForce: Json, now: Json | null): readonly Taken[] {
  if (now === null) return [{ kind, name, item: undefined, label: inForce.label, others: [] }]
  const list = ITEMS[kind]
  if (list === undefined) return []
  const after = itemsIn(now[list])
  const ids = new Set(after.map(({ id }) => id))
  const names = new Set(after.map((one) => one.name))
  return itemsIn(inForce[list])
    .filter((one) => !names.has(one.name) && (one.id === undefined || !ids.has(one.id)))
    .map((one) => ({ kind, name, item: one.name, label: one.label, others: after }))
}

const itemsIn = (list: unknown): readonly Item[] =>
  Array.isArray(list)
    ? list.filter((one): one is Json & Item => isObject(one) && typeof one.name === 'string')
    : []

/** The name of a use: what stands at the place, or the key that it stands under; `account.level` mentions both. */
export function mentionsAt(definition: unknown, path: Path): readonly string[] {
  const value = valueAt(definition, path)
  const written = typeof value === 'string' ? value : (path.at(-1) ?? '')
  return written.replace(/^-/, '').split('.')
}

/** The definition with another name at a place of a use. */
export function withReplaced(definition: Json, path: Path, from: string, to: string): Json {
  const value = valueAt(definition, path)
  if (typeof value === 'string') {
    const sign = value.startsWith('-') ? '-' : ''
    const named = value.slice(sign.length).split('.')
    return withValue(
      definition,
      path,
      sign + named.map((step) => (step === from ? to : step)).join('.'),
    ) as Json
  }
  const key = path.at(-1) ?? ''
  const parent = path.slice(0, -1)
  const { [key]: moved, ...others } = valueAt(definition, parent) as Json
  return withValue(definition, parent, { ...others, [to]: moved }) as Json
}

/**
 * The definition without a use: an entry goes from its list, a condition from its rule (the whole rule where it is the only
 * one), a key from its object.
 */
export function withoutUse(definition: Json, path: Path): Json {
  const rule = ruleAround(definition, path)
  if (rule !== undefined) return withoutCondition(definition, rule, path)
  const entry = entryAround(definition, path)
  return withValue(definition, entry, undefined) as Json
}

const JOINS: ReadonlySet<string> = new Set(['and', 'or'])

/** Where the rule begins that a path leads into: the first object of one key that is an operator. */
function ruleAround(definition: unknown, path: Path): Path | undefined {
  for (let depth = 1; depth < path.length; depth++) {
    const here = valueAt(definition, path.slice(0, depth))
    if (!isObject(here)) continue
    const [key = '', ...more] = Object.keys(here)
    if (more.length === 0 && (JOINS.has(key) || /^[^a-z_]+$/.test(key) || RULES.has(key)))
      return path.slice(0, depth)
  }
  return undefined
}

/** Operators that are words, as far as a condition begins with one; what stands in them is found from there. */
const RULES: ReadonlySet<string> = new Set([
  ...['in', 'not', 'var', 'some', 'all', 'none', 'count', 'sum', 'contains', 'starts_with', 'changed', 'if'],
  ...['days_since', 'before', 'is_empty', 'search'],
])

function withoutCondition(definition: Json, rule: Path, path: Path): Json {
  // From the inside: the nearest entry of “and” or “or” that holds the use.
  for (let depth = path.length - 1; depth > rule.length; depth--) {
    if (!JOINS.has(path[depth - 1] ?? '') || !Array.isArray(valueAt(definition, path.slice(0, depth))))
      continue
    const join = path.slice(0, depth - 1)
    const left = withValue(
      valueAt(definition, path.slice(0, depth)),
      [path[depth] ?? ''],
      undefined,
    ) as unknown[]
    const next = left.length === 1 ? left[0] : { [path[depth - 1]!]: left }
    return withValue(definition, join, next) as Json
  }
  return withValue(definition, rule, undefined) as Json
}

/** What goes with a use: the entry of the nearest list, unless the use is a property that may be left out. */
function entryAround(definition: unknown, path: Path): Path {
  const last = path.at(-1) ?? ''
  if (/^\d+$/.test(last)) return path
  const above = path.slice(0, -1)
  const isNamedEntry =
    /^\d+$/.test(above.at(-1) ?? '') && Array.isArray(valueAt(definition, above.slice(0, -1)))
  return isNamedEntry && NAMING.has(last) ? above : path
}

/** Properties without which an entry says nothing. */
const NAMING: ReadonlySet<string> = new Set([
  'field',
  'related',
  'name',
  'record',
  'dashboard',
  'report',
  'view',
  'entity',
])
