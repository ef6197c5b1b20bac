import { OPERATORS } from '../../metadata/rules/catalogue.ts'
import { isObject, type Json, type Path, valueAt, withValue } from '../store/json-value.ts'
import { isTemplate, type Named, namedAt, withNamed, withoutNamed } from './template-text.ts'

/** A place that names something: the key at the path, or its text; a part of it where there is a span. */
export interface Mention {
  readonly path: Path
  readonly inKey?: boolean
  readonly span?: readonly [number, number]
  /** Of a text that is filled with values: what it names, as it was found; a span is none any more once the text changes. */
  readonly named?: Named
}

/** What the text of a mention names by a tag; undefined where it is no such text. */
export function namedIn(definition: unknown, { path, span }: Mention): Named | undefined {
  const text = valueAt(definition, path)
  return span === undefined || typeof text !== 'string' || !isTemplate(text) ? undefined : namedAt(text, span)
}

/** Whether another name can stand at a place: the way back over a lookup, for one, has a name of its own. */
export function isNamedAt(definition: unknown, mention: Mention, name: string): boolean {
  const text = textOf(definition, mention)
  const [from, to] = mention.span ?? [0, text?.length]
  return text?.slice(from, to) === name
}

/** Whether a place says the same in two states of a definition; what has been changed meanwhile is left alone. */
export function isSameAt(one: unknown, other: unknown, mention: Mention): boolean {
  const text = textOf(one, mention)
  return text !== undefined && text === textOf(other, mention)
}

function textOf(definition: unknown, { path, inKey }: Mention): string | undefined {
  const value = valueAt(definition, path)
  if (inKey) return value === undefined ? undefined : path.at(-1)
  return typeof value === 'string' ? value : undefined
}

/** The definition with another name at a place. */
export function withReplaced(definition: Json, mention: Mention, to: string): Json {
  const { path, inKey, span } = mention
  const text = textOf(definition, mention)
  if (text === undefined) return definition
  const named = mention.named ?? namedIn(definition, mention)
  if (named !== undefined) return withValue(definition, path, withNamed(text, named, to)) as Json
  const next = span === undefined ? to : text.slice(0, span[0]) + to + text.slice(span[1])
  if (!inKey) return withValue(definition, path, next) as Json
  const parent = path.slice(0, -1)
  const holder = valueAt(definition, parent)
  if (!isObject(holder) || Object.hasOwn(holder, next)) return definition
  const renamed = Object.entries(holder).map(([key, value]) => [key === text ? next : key, value])
  return withValue(definition, parent, Object.fromEntries(renamed)) as Json
}

/** A report that is grouped by nothing any more: what orders and draws groups says nothing either. */
function asFigure({
  chart: _chart,
  sort: _sort,
  limit: _limit,
  having: _having,
  columns: _columns,
  ...report
}: Json): Json {
  return report
}

/** Where a definition says what it is about: without that nothing of it is left. */
const ABOUT: ReadonlySet<string> = new Set(['entity', 'trigger/record'])

/**
 * The definition without a use: an entry goes from its list, a condition from its rule (the whole rule where it is the only
 * one), a key from its object. Null where it is about what is gone.
 */
export function withoutUse(definition: Json, mention: Mention): Json | null {
  const { path, inKey } = mention
  if (ABOUT.has(path.join('/'))) return null
  const text = valueAt(definition, path)
  const named = mention.named ?? namedIn(definition, mention)
  if (named !== undefined && typeof text === 'string') {
    const left = withoutNamed(text, named)
    // What says nothing without it is put right by hand, as what is not written rightly.
    const isSaying = left !== undefined && left.trim() !== ''
    return isSaying ? (withValue(definition, path, left) as Json) : definition
  }
  if (inKey && definition.kind === 'scenario') return withoutValue(definition, path)
  const rule = ruleAround(definition, path)
  if (rule !== undefined) return withoutCondition(definition, rule, path)
  const entry = inKey ? path : entryAround(definition, path)
  const list = entry.slice(0, -1)
  const others = valueAt(definition, list)
  // A list that says nothing any more goes as well.
  const isLast = Array.isArray(others) && others.length === 1 && list.length > 0
  const next = withValue(definition, isLast ? list : entry, undefined) as Json
  return isLast && definition.kind === 'report' && list[0] === 'rows' ? asFigure(next) : next
}

/**
 * A scenario without a value of a record. A record that is given or made stays, however little is said of it; a step that
 * expects or adds nothing any more says so no longer.
 */
function withoutValue(definition: Json, path: Path): Json {
  const holder = path.slice(0, -1)
  const values = valueAt(definition, holder)
  if (!isObject(values)) return definition
  const { [path.at(-1) ?? '']: _gone, ...others } = values
  const [list = '', at = '', act = ''] = path
  const isRecord =
    list === 'given' || act === 'create' || act === 'upsert' || act === 'import' || act === 'set'
  const isEmpty = Object.keys(others).length === 0
  // A value that names an entity, such as the record that is made, goes with what it makes.
  if (list === 'given' && holder.length === 2) return withValue(definition, holder, undefined) as Json
  if (list === 'steps' && (act === 'create' || act === 'upsert' || act === 'import') && holder.length === 3)
    return withValue(definition, [list, at], undefined) as Json
  const next = placed(definition, holder, isEmpty && !isRecord ? undefined : others)
  const step = valueAt(next, [list, at])
  const isIdle = list === 'steps' && isObject(step) && step.update !== undefined
  return isIdle && step.set === undefined && step.add === undefined
    ? placed(next, [list, at, 'set'], {})
    : next
}

/** Puts a value into its place, also one that holds nothing. */
function placed(definition: Json, path: Path, value: unknown): Json {
  const [step, ...rest] = path
  if (step === undefined) return value as Json
  if (value === undefined) return withValue(definition, path, undefined) as Json
  const inner = placed(valueAt(definition, [step]) as Json, rest, value)
  if (Array.isArray(definition)) return definition.toSpliced(Number(step), 1, inner) as unknown as Json
  return { ...definition, [step]: inner }
}

/** What goes on with the others where one of what it works on goes. */
const JOINS: ReadonlySet<string> = new Set(['and', 'or', 'coalesce'])

/** Where the rule begins that a path leads into: from the inside out, as far as one operator stands in another. */
function ruleAround(definition: unknown, path: Path): Path | undefined {
  let begin: Path | undefined
  for (let depth = path.length - 1; depth > 0; depth--) {
    const here = valueAt(definition, path.slice(0, depth))
    if (Array.isArray(here)) continue
    if (!isOperation(here)) break
    begin = path.slice(0, depth)
  }
  return begin
}

function isOperation(value: unknown): boolean {
  if (!isObject(value)) return false
  const [key = '', ...more] = Object.keys(value)
  return more.length === 0 && (key === 'var' || OPERATORS.has(key))
}

function withoutCondition(definition: Json, rule: Path, path: Path): Json {
  // From the inside: the nearest entry of “and”, “or” or “coalesce” that holds the use.
  for (let depth = path.length - 1; depth > rule.length; depth--) {
    if (!JOINS.has(path[depth - 1] ?? '') || !Array.isArray(valueAt(definition, path.slice(0, depth))))
      continue
    const join = path.slice(0, depth - 1)
    const left = withValue(
      valueAt(definition, path.slice(0, depth)),
      [path[depth] ?? ''],
      undefined,
    ) as unknown[]
    // A value that is always the same is worked out by nothing.
    if (path[depth - 1] === 'coalesce' && !left.some(isObject)) continue
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
