import { ABOUT_ME, isRelativeComplete, relativeCondition, relativeRule } from './relative-rule.ts'

/**
 * The filter of a list as people build it (groups of conditions, the shape of react-querybuilder) and as the API
 * takes it (JSON Logic). Rules that a person could not have built here come back as undefined, never changed.
 */
export interface Condition {
  readonly id?: string
  readonly field: string
  readonly operator: string
  readonly value: unknown
}

export interface ConditionGroup {
  readonly id?: string
  readonly combinator: 'and' | 'or'
  readonly rules: readonly (Condition | ConditionGroup)[]
}

export const isGroup = (item: Condition | ConditionGroup): item is ConditionGroup => 'rules' in item

/** Operators without a value of their own. */
export const WITHOUT_VALUE: ReadonlySet<string> = new Set(['empty', 'not_empty', ...ABOUT_ME])
/** Operators whose value is a list. */
export const WITH_LIST: ReadonlySet<string> = new Set(['in', 'not_in', 'has_any', 'has_all'])

const MIRRORED: Readonly<Record<string, string>> = { not_in: 'in', not_contains: 'contains' }

/** The operators that a menu offers for those that a field declares: ranges and negations come with their base. */
export function menuOperators(declared: readonly string[]): readonly string[] {
  return declared.flatMap((name) => {
    if (name === 'in') return ['in', 'not_in']
    if (name === 'contains') return ['contains', 'not_contains']
    if (name === '<=') return declared.includes('between') ? ['<='] : ['<=', 'between']
    return [name]
  })
}

/** Whether a condition says something yet. */
export function isComplete(condition: Condition): boolean {
  const { operator, value } = condition
  const isSaid = isRelativeComplete(condition)
  if (isSaid !== undefined) return isSaid
  if (WITHOUT_VALUE.has(operator)) return true
  if (operator === 'between') return Array.isArray(value) && value.length === 2 && value.every(isGiven)
  if (WITH_LIST.has(operator)) return Array.isArray(value) && value.length > 0
  return isGiven(value)
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== ''

/** JSON Logic of a group; undefined when nothing in it is complete. */
export function toRule(group: ConditionGroup): unknown {
  const parts = group.rules.flatMap((item) => {
    if (isGroup(item)) {
      const inner = toRule(item)
      return inner === undefined ? [] : [inner]
    }
    return isComplete(item) ? [conditionRule(item)] : []
  })
  if (parts.length === 0) return undefined
  return parts.length === 1 ? parts[0] : { [group.combinator]: parts }
}

/** Whether nothing of it waits for a value. */
export const isWhole = (group: ConditionGroup): boolean =>
  group.rules.every((item) => (isGroup(item) ? isWhole(item) : isComplete(item)))

function conditionRule(condition: Condition): unknown {
  const { field, operator, value } = condition
  const relative = relativeRule(condition)
  if (relative !== undefined) return relative
  const variable = { var: field }
  if (WITHOUT_VALUE.has(operator)) return { [operator]: [variable] }
  if (operator === 'between') {
    const [from, to] = value as readonly [unknown, unknown]
    return { '<=': [from, variable, to] }
  }
  const base = MIRRORED[operator]
  if (base !== undefined) return { '!': [{ [base]: [variable, value] }] }
  return { [operator]: [variable, value] }
}

/** The group of a rule; undefined for rules beyond conditions on fields. */
export function fromRule(rule: unknown): ConditionGroup | undefined {
  const entry = onlyEntry(rule)
  if (entry === undefined) return undefined
  const [operator, args] = entry
  if (operator === 'and' || operator === 'or') {
    if (!Array.isArray(args)) return undefined
    const rules = args.map((item) => conditionOf(item) ?? fromRule(item))
    return rules.some((item) => item === undefined)
      ? undefined
      : { combinator: operator, rules: rules as (Condition | ConditionGroup)[] }
  }
  const condition = conditionOf(rule)
  return condition === undefined ? undefined : { combinator: 'and', rules: [condition] }
}

/** Whether a filter is none, or one that people can build of these fields. */
export function isBuilt(rule: unknown, fields: readonly { readonly name: string }[]): boolean {
  const names = new Set(fields.map(({ name }) => name))
  const isKnown = (item: Condition | ConditionGroup): boolean =>
    isGroup(item) ? item.rules.every(isKnown) : names.has(item.field)
  const group = fromRule(rule)
  return rule === undefined || (group !== undefined && isKnown(group))
}

const KNOWN: ReadonlySet<string> = new Set([
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  'contains',
  'starts_with',
  'ends_with',
  'has',
  'has_any',
  'has_all',
])

function conditionOf(rule: unknown): Condition | undefined {
  const entry = onlyEntry(rule)
  if (entry === undefined) return undefined
  const [operator, raw] = entry
  const args = Array.isArray(raw) ? raw : [raw]
  if (operator === '!') return negated(args[0])
  const relative = relativeCondition(operator, args)
  if (relative !== undefined) return relative
  if (WITHOUT_VALUE.has(operator)) return fieldOf(args[0], (field) => ({ field, operator, value: '' }))
  if (operator === '<=' && args.length === 3) {
    return isLiteral(args[0]) && isLiteral(args[2])
      ? fieldOf(args[1], (field) => ({ field, operator: 'between', value: [args[0], args[2]] }))
      : undefined
  }
  if (!KNOWN.has(operator) || args.length !== 2 || !isLiteral(args[1])) return undefined
  return fieldOf(args[0], (field) => ({ field, operator, value: args[1] }))
}

function negated(rule: unknown): Condition | undefined {
  const inner = conditionOf(rule)
  const name = Object.keys(MIRRORED).find((key) => MIRRORED[key] === inner?.operator)
  return inner === undefined || name === undefined ? undefined : { ...inner, operator: name }
}

function fieldOf(term: unknown, build: (field: string) => Condition): Condition | undefined {
  const entry = onlyEntry(term)
  return entry?.[0] === 'var' && typeof entry[1] === 'string' ? build(entry[1]) : undefined
}

function onlyEntry(rule: unknown): readonly [string, unknown] | undefined {
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return undefined
  const entries = Object.entries(rule)
  return entries.length === 1 ? entries[0] : undefined
}

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value)
const isLiteral = (value: unknown): boolean =>
  isScalar(value) || (Array.isArray(value) && value.every(isScalar))

/** Two filters that must both hold. */
export function bothOf(first: unknown, second: unknown): unknown {
  if (first === undefined || first === null) return second ?? undefined
  if (second === undefined || second === null) return first
  return { and: [first, second] }
}
