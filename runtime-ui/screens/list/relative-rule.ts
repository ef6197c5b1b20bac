import type { Entity, Field } from '../../api/types.ts'
import type { Condition } from './filter-rule.ts'

/**
 * Conditions whose value is worked out when they are asked: days counted from today, and who asks. So that one view
 * shows this month in every month, and to each of its readers their own.
 */

/** Whose value is the name of a span of days. */
export const WITHIN = 'within'
/** Whose value is a number of days. */
export const COUNTED: ReadonlySet<string> = new Set(['last_days', 'next_days', 'older_than'])
/** Of which the one who asks is the value. */
export const ABOUT_ME: ReadonlySet<string> = new Set(['is_me', 'is_not_me', 'in_my_team', 'is_my_team'])

/** The most days that are counted: some two hundred years, as for every duration. */
export const MOST_DAYS = 74_000

const TODAY = { var: 'today' }
const ME = { var: 'actor.id' }
const MY_TEAMS = { var: 'actor.teams' }
/** From a person to the team that they are in. */
const TEAM_OF = '.team'

const back = (duration: string): unknown => ({ date_sub: [TODAY, duration] })
const ahead = (duration: string): unknown => ({ date_add: [TODAY, duration] })
const whole = (unit: string, day: unknown): Span => [{ start_of: [day, unit] }, { end_of: [day, unit] }]
const single = (day: unknown): Span => [day, day]

/** The first and the last day, as terms of a rule. */
type Span = readonly [unknown, unknown]

const SPANS: Readonly<Record<string, Span>> = {
  today: single(TODAY),
  yesterday: single(back('P1D')),
  tomorrow: single(ahead('P1D')),
  this_week: whole('week', TODAY),
  last_week: whole('week', back('P7D')),
  next_week: whole('week', ahead('P7D')),
  this_month: whole('month', TODAY),
  last_month: whole('month', back('P1M')),
  next_month: whole('month', ahead('P1M')),
  this_quarter: whole('quarter', TODAY),
  last_quarter: whole('quarter', back('P3M')),
  this_year: whole('year', TODAY),
  last_year: whole('year', back('P1Y')),
}

export const SPAN_NAMES: readonly string[] = Object.keys(SPANS)

const isDay = ({ type }: Field): boolean => type === 'date' || type === 'date_time'
/** Of people and teams that one may not read the model does not say where they lead; their type does. */
const leadsTo = (field: Field, type: 'user' | 'team'): boolean =>
  field.type === type || (field.relation?.kind === 'one' && field.relation.to[0] === type)

/**
 * What can be asked of a field beside what its type declares.
 * @param entities those that one may know
 */
export function relativeOperators(field: Field, entities: readonly Entity[]): readonly string[] {
  if (isDay(field)) return [WITHIN, ...COUNTED]
  if (leadsTo(field, 'team')) return ['is_my_team']
  if (!leadsTo(field, 'user')) return []
  const people = entities.find(({ name }) => name === 'user')
  const hasTeam = people?.fields.some(({ name }) => name === 'team') === true
  return ['is_me', 'is_not_me', ...(hasTeam ? ['in_my_team'] : [])]
}

/** Whether a relative condition says something; undefined for one that is none. */
export function isRelativeComplete({ operator, value }: Condition): boolean | undefined {
  if (ABOUT_ME.has(operator)) return true
  if (operator === WITHIN) return typeof value === 'string' && Object.hasOwn(SPANS, value)
  if (!COUNTED.has(operator)) return undefined
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MOST_DAYS
}

/** The rule of a relative condition that is complete; undefined for one that is none. */
export function relativeRule({ field, operator, value }: Condition): unknown {
  const variable = { var: field }
  if (operator === 'is_me') return { '==': [variable, ME] }
  if (operator === 'is_not_me') return { '!=': [variable, ME] }
  if (operator === 'is_my_team') return { in: [variable, MY_TEAMS] }
  if (operator === 'in_my_team') return { in: [{ var: `${field}${TEAM_OF}` }, MY_TEAMS] }
  if (operator === WITHIN) {
    const [from, to] = SPANS[String(value)]!
    return { '<=': [from, variable, to] }
  }
  const days = Number(value)
  // As in reports: today is one of the days.
  if (operator === 'last_days') return { '<=': [back(`P${days - 1}D`), variable, TODAY] }
  if (operator === 'next_days') return { '<=': [TODAY, variable, ahead(`P${days - 1}D`)] }
  if (operator === 'older_than') return { '<': [variable, back(`P${days}D`)] }
  return undefined
}

/** The relative condition that a call of an operator is; undefined where it is none. */
export function relativeCondition(operator: string, args: readonly unknown[]): Condition | undefined {
  const [first, second, third] = args
  if (args.length === 3) return operator === '<=' ? spanOf(first, second, third) : undefined
  const field = fieldName(first)
  if (field === undefined || args.length !== 2) return undefined
  if (same(second, ME)) {
    if (operator === '==') return { field, operator: 'is_me', value: '' }
    return operator === '!=' ? { field, operator: 'is_not_me', value: '' } : undefined
  }
  if (operator === 'in' && same(second, MY_TEAMS)) {
    return field.endsWith(TEAM_OF)
      ? { field: field.slice(0, -TEAM_OF.length), operator: 'in_my_team', value: '' }
      : { field, operator: 'is_my_team', value: '' }
  }
  const days = operator === '<' ? daysOf(second, 'date_sub') : undefined
  return days === undefined || days < 1 ? undefined : { field, operator: 'older_than', value: days }
}

function spanOf(from: unknown, variable: unknown, to: unknown): Condition | undefined {
  const field = fieldName(variable)
  if (field === undefined) return undefined
  const name = SPAN_NAMES.find((one) => same(SPANS[one], [from, to]))
  if (name !== undefined) return { field, operator: WITHIN, value: name }
  const [before, after] = [daysOf(from, 'date_sub'), daysOf(to, 'date_add')]
  if (before !== undefined && same(to, TODAY)) return { field, operator: 'last_days', value: before + 1 }
  if (after !== undefined && same(from, TODAY)) return { field, operator: 'next_days', value: after + 1 }
  return undefined
}

function daysOf(term: unknown, operator: 'date_sub' | 'date_add'): number | undefined {
  const args = (term as Readonly<Record<string, unknown>> | null)?.[operator]
  if (!Array.isArray(args) || args.length !== 2 || !same(args[0], TODAY)) return undefined
  const days = /^P(\d{1,5})D$/.exec(String(args[1]))?.[1]
  return days === undefined ? undefined : Number(days)
}

function fieldName(term: unknown): string | undefined {
  const path = (term as { readonly var?: unknown } | null)?.var
  return typeof path === 'string' ? path : undefined
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
