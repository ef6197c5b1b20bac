import { AMBIENT } from '../../../metadata/rules/types.ts'
import type { Who } from '../../../metadata/types.ts'
import { isRecord, pointer } from '../pointer.ts'
import { endOfPath, followPath, optionTarget, type PlacedField } from './follow.ts'
import type { ModelContext, Reference } from './kind-spec.ts'

/** The roles named by a list of people. */
export function whoReferences(people: readonly Who[] | undefined, at: string): readonly Reference[] {
  return (people ?? []).map((who, index) => ({
    path: at + pointer(index, 'role'),
    to: { kind: 'role', name: who.role },
  }))
}

/** Field names of one entity, each a string in a list. */
export function fieldReferences(
  entity: string,
  names: readonly string[] | undefined,
  at: string,
): readonly Reference[] {
  return (names ?? []).map((name, index) => ({
    path: at + pointer(index),
    to: { kind: 'entity', name: entity, item: name },
  }))
}

export interface PathPlace {
  /** JSON pointer to the string. */
  readonly at: string
  /** Where in the string the path begins. */
  readonly offset?: number
  readonly inRule?: true
}

/** The fields along a path such as `account.region`; system fields are nobody's definition. */
export function pathReferences(
  context: ModelContext,
  entity: string,
  path: string,
  { at, offset = 0, inRule }: PathPlace,
): readonly Reference[] {
  return followPath(context, entity, path)
    .filter((step) => step.place?.system !== true)
    .map((step) => ({
      path: at,
      to: { kind: 'entity', name: step.entity, item: step.name },
      span: [offset + step.start, offset + step.end],
      ...(inRule ? { inRule } : {}),
    }))
}

/** Operators that compare a field with values of its own list. */
const COMPARING = new Set(['==', '!=', '===', '!==', 'in', 'has', 'has_any', 'has_all'])

/** Deeper than any rule that the check lets pass. */
const MAX_DEPTH = 100

/** The fields, options and stages that a rule on an entity's records mentions. */
export function ruleReferences(
  context: ModelContext,
  entity: string,
  rule: unknown,
  at: string,
  depth = 0,
): readonly Reference[] {
  if (depth > MAX_DEPTH) return []
  if (Array.isArray(rule)) {
    return rule.flatMap((part, index) =>
      ruleReferences(context, entity, part, at + pointer(index), depth + 1),
    )
  }
  if (!isRecord(rule)) return []
  return Object.entries(rule).flatMap(([operator, argument]) => {
    const below = at + pointer(operator)
    if (operator === 'var') return varReferences(context, entity, argument, below)
    const inside = ruleReferences(context, entity, argument, below, depth + 1)
    return COMPARING.has(operator) ? [...inside, ...comparedValues(context, entity, argument, below)] : inside
  })
}

function varReferences(
  context: ModelContext,
  entity: string,
  argument: unknown,
  at: string,
): readonly Reference[] {
  const [path, instead] = Array.isArray(argument) ? argument : [argument]
  if (typeof path !== 'string' || isAmbient(path)) return []
  const place: PathPlace = { at: Array.isArray(argument) ? `${at}/0` : at, inRule: true }
  const field = endOfPath(context, entity, path)
  const fallback = field === undefined ? [] : valueReferences(context, field, instead, `${at}/1`)
  return [...pathReferences(context, entity, path, place), ...fallback]
}

function isAmbient(path: string): boolean {
  return Object.hasOwn(AMBIENT, path) || path.startsWith('actor.') || path.startsWith('settings.')
}

function comparedValues(
  context: ModelContext,
  entity: string,
  argument: unknown,
  at: string,
): readonly Reference[] {
  if (!Array.isArray(argument)) return []
  const fields = argument.flatMap((part): readonly PlacedField[] => {
    const path = isRecord(part) ? (Array.isArray(part.var) ? part.var[0] : part.var) : undefined
    const field = typeof path === 'string' && !isAmbient(path) ? endOfPath(context, entity, path) : undefined
    return field === undefined ? [] : [field]
  })
  const [field] = fields
  if (field === undefined) return []
  return argument.flatMap((part, index) => valueReferences(context, field, part, at + pointer(index)))
}

/** Option and stage names in a value or list of values of a closed field. */
export function valueReferences(
  context: ModelContext,
  field: PlacedField,
  value: unknown,
  at: string,
): readonly Reference[] {
  if (Array.isArray(value)) {
    return value.flatMap((entry, index) =>
      typeof entry === 'string' ? valueReferences(context, field, entry, at + pointer(index)) : [],
    )
  }
  if (typeof value !== 'string') return []
  const to = optionTarget(context, field, value)
  return to === undefined ? [] : [{ path: at, to, inRule: true }]
}
