import { durationLength } from './calendar-days.ts'
import { compareDecimals, type Decimal } from './decimal.ts'
import type { DurationParts } from './durations.ts'
import type { Part, World } from './running.ts'
import { compareTexts } from './text-values.ts'
import { localDay } from './time-zone.ts'
import type { RuleType } from './types.ts'
import type { RuleValue } from './values.ts'

/** −1, 0 or 1 for two values that are there. */
export type Compare = (a: RuleValue, b: RuleValue, world: World) => number

const byNumber: Compare = (a, b) => Math.sign((a as number) - (b as number))
const byText: Compare = (a, b) => compareTexts(a as string, b as string)

const COMPARE: { readonly [T in RuleType]?: Compare } = {
  number: (a, b) => compareDecimals(a as Decimal, b as Decimal),
  date: byNumber,
  datetime: byNumber,
  duration: (a, b) => Math.sign(durationLength(a as DurationParts) - durationLength(b as DurationParts)),
  text: byText,
  time: byText,
  id: byText,
  boolean: (a, b) => Number(a) - Number(b),
}

/** How values of one type compare. */
export function compareOf(type: RuleType | 'null'): Compare {
  return (type === 'null' ? undefined : COMPARE[type]) ?? byText
}

/** How two parts compare: an instant beside a date by its day. */
export function compareParts(left: Part, right: Part): Compare {
  if (left.type === 'datetime' && right.type === 'date') {
    return (a, b, world) => byNumber(dayIn(a, world), b, world)
  }
  if (left.type === 'date' && right.type === 'datetime') {
    return (a, b, world) => byNumber(a, dayIn(b, world), world)
  }
  return compareOf(left.type === 'null' ? right.type : left.type)
}

function dayIn(instant: RuleValue, { environment }: World): number {
  return localDay(instant as number, environment.timeZone)
}

/** The day of a date or an instant in the workspace's time zone. */
export function dayOfValue(value: RuleValue, type: RuleType | 'null', world: World): number {
  return type === 'datetime' ? dayIn(value, world) : (value as number)
}

/** JSON Logic's truth: false, null, 0, an empty text and an empty list are not true; nor is an error. */
export function truthOf(value: RuleValue, type: RuleType | 'null'): boolean {
  if (typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.length > 0
  if (type === 'number') return (value as Decimal).digits !== 0n
  return value !== ''
}
