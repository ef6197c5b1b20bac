import { dayText, parseDay, twoDigits } from './calendar-days.ts'
import { type Decimal, decimalText, parseDecimal } from './decimal.ts'
import type { DurationParts } from './durations.ts'
import type { RuleRecord } from './environment.ts'
import { ITEM_TYPES, isPlainList, type RuleType } from './types.ts'

/** Why there is no value. */
export type FaultReason = 'divided_by_zero' | 'out_of_range' | 'not_a_value' | 'too_much_work'

/** A value that says why there is none: of ÷ 0 and the like. Conditions take it for null; what computes hands it on. */
export class RuleFault {
  readonly reason: FaultReason
  constructor(reason: FaultReason) {
    this.reason = reason
  }
}

/**
 * What rules compute with. The type of the part says which: text, id and time of day are strings, a number is a
 * `Decimal`, a date the days since 1970-01-01, an instant milliseconds since then, a duration its parts.
 */
export type RuleValue =
  | null
  | boolean
  | string
  | number
  | Decimal
  | DurationParts
  | RuleRecord
  | RuleFault
  | readonly RuleValue[]

/** Null, and what counts for it. */
export function isNothing(value: RuleValue): value is null | RuleFault {
  return value === null || value instanceof RuleFault
}

const NOT_A_VALUE = new RuleFault('not_a_value')

/**
 * A value of JSON as rules compute with it: what the API answers for a field (a lookup with `id` or as the id alone),
 * what a form holds, or a literal of a checked rule. What does not fit the type becomes an error value.
 */
export function readValue(json: unknown, type: RuleType): RuleValue {
  if (json === null || json === undefined) return null
  if (isPlainList(type)) {
    const itemType = ITEM_TYPES[type]
    return Array.isArray(json) ? json.map((item) => readValue(item, itemType)) : NOT_A_VALUE
  }
  if (type === 'records') return Array.isArray(json) ? (json as readonly RuleRecord[]) : NOT_A_VALUE
  return READERS[type](json) ?? NOT_A_VALUE
}

type Scalar = Exclude<RuleType, 'records' | keyof typeof ITEM_TYPES>

const READERS: { readonly [T in Scalar]: (json: unknown) => RuleValue | undefined } = {
  text: (json) => (typeof json === 'string' ? json : undefined),
  boolean: (json) => (typeof json === 'boolean' ? json : undefined),
  number: readNumber,
  date: (json) => (typeof json === 'string' ? parseDay(json) : undefined),
  datetime: readInstant,
  time: (json) => (typeof json === 'string' ? readTime(json) : undefined),
  duration: (json) => (typeof json === 'string' ? readDuration(json) : undefined),
  id: readId,
}

function readNumber(json: unknown): Decimal | undefined {
  if (typeof json === 'number') return parseDecimal(String(json))
  if (typeof json === 'string') return parseDecimal(json)
  // A number that the server's JSON parser kept as its text.
  const text: unknown = typeof json === 'object' && json !== null && 'value' in json ? json.value : undefined
  return typeof text === 'string' ? parseDecimal(text) : undefined
}

function readInstant(json: unknown): number | undefined {
  const ms = typeof json === 'string' ? Date.parse(json) : Number.NaN
  return Number.isNaN(ms) ? undefined : ms
}

function readTime(text: string): string | undefined {
  const match = /^(\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?$/.exec(text)
  if (match === null) return undefined
  const fraction = (match[3] ?? '').replace(/0+$/, '')
  return `${match[1]}:${match[2] ?? '00'}${fraction === '' ? '' : `.${fraction}`}`
}

function readId(json: unknown): string | undefined {
  const id: unknown = typeof json === 'object' && json !== null && 'id' in json ? json.id : json
  return typeof id === 'string' ? id.toLowerCase() : undefined
}

const DURATION =
  /^(-?)P(?:(-?\d+)Y)?(?:(-?\d+)M)?(?:(-?\d+)W)?(?:(-?\d+)D)?(?:T(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?\d+(?:\.\d+)?)S)?)?$/

/** As literals and PostgreSQL write one: each part may have its own sign. */
function readDuration(text: string): DurationParts | undefined {
  const match = DURATION.exec(text)
  if (match === null) return undefined
  const factor = match[1] === '-' ? -1 : 1
  const [years, months, weeks, days, hours, minutes, seconds] = match
    .slice(2)
    .map((part: string | undefined) => factor * Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  return {
    months: years * 12 + months + 0,
    days: weeks * 7 + days + 0,
    ms: hours * 3_600_000 + minutes * 60_000 + Math.round(seconds * 1000) + 0,
  }
}

/**
 * A value as JSON, in the form that the API uses for a field of its type. Numbers of more than fifteen digits come as
 * text, an error value as `{"error": reason}`.
 */
export function valueToJson(value: RuleValue, type: RuleType | 'null'): unknown {
  if (value === null || type === 'null') return null
  if (value instanceof RuleFault) return { error: value.reason }
  if (isPlainList(type)) {
    const itemType = ITEM_TYPES[type]
    return (value as readonly RuleValue[]).map((item) => valueToJson(item, itemType))
  }
  if (type === 'records') return (value as readonly RuleRecord[]).map((record) => record.read(['id']) ?? null)
  switch (type) {
    case 'number':
      return numberToJson(value as Decimal)
    case 'date':
      return dayText(value as number)
    case 'datetime':
      return new Date(value as number).toISOString()
    case 'duration':
      return durationText(value as DurationParts)
    default:
      return value
  }
}

function numberToJson(value: Decimal): number | string {
  const text = decimalText(value)
  return text.replace(/\D/g, '').replace(/^0+/, '').length <= 15 ? Number(text) : text
}

/** An ISO 8601 duration; parts that differ in sign each carry their own. */
export function durationText({ months, days, ms }: DurationParts): string {
  const seconds = (ms % 60_000) / 1000
  const calendar = [unit(Math.trunc(months / 12), 'Y'), unit(months % 12, 'M'), unit(days, 'D')].join('')
  const clock = [
    unit(Math.trunc(ms / 3_600_000), 'H'),
    unit(Math.trunc((ms % 3_600_000) / 60_000), 'M'),
    unit(seconds, 'S'),
  ].join('')
  if (calendar === '' && clock === '') return 'PT0S'
  return `P${calendar}${clock === '' ? '' : `T${clock}`}`
}

function unit(count: number, letter: string): string {
  return count === 0 ? '' : `${count}${letter}`
}

/** `2026-03-02 09:30`, what a clock without zone shows. */
export function clockText(local: number): string {
  const day = Math.floor(local / 86_400_000)
  const minutes = Math.floor((local - day * 86_400_000) / 60_000)
  return `${dayText(day)} ${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`
}
