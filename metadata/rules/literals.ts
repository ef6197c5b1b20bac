import { parseDuration } from './durations.ts'
import { isPlainList, type RuleType } from './types.ts'

/** What a literal of JSON becomes when a type is expected of it. */
export type LiteralReading =
  | { readonly value: string | boolean }
  | { readonly fault: 'type' | 'form' | 'precision' }

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(Z|[+-]\d{2}:\d{2})$/
const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** NUL and halves of surrogate pairs: PostgreSQL's text cannot hold them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what is looked for
const UNSTORABLE = /\u0000|\p{Surrogate}/u
const NUMBER = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/

/** Significant digits that a number may have, in records and in rules. */
export const MAX_DIGITS = 15
/** Powers of ten beyond which a number is refused even with few digits; keeps arithmetic in SQL bounded. */
const MAX_EXPONENT = 30

/** A number as the JSON parser of the server delivers it: its text, unrounded. */
interface ExactNumber {
  readonly value: string
}

/** True for a number, also in the exact form (an instance holding the number's text, as lossless-json makes). */
export function isNumberLiteral(value: unknown): value is number | ExactNumber {
  if (typeof value === 'number') return true
  return exactText(value) !== undefined
}

function exactText(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  // A plain object of the same shape is something that a client sent, never a number.
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null || Array.isArray(value)) return undefined
  const { value: text } = value as Partial<ExactNumber>
  return typeof text === 'string' && NUMBER.test(text) ? text : undefined
}

/** Reads a JSON literal as a value of the type: numbers as decimal text, ids in lower case, instants in UTC, times to the second. */
export function readLiteral(literal: unknown, type: RuleType): LiteralReading {
  if (type === 'number') return isNumberLiteral(literal) ? readNumber(literal) : { fault: 'type' }
  if (type === 'boolean') return typeof literal === 'boolean' ? { value: literal } : { fault: 'type' }
  if (isPlainList(type) || type === 'records') return { fault: 'type' }
  if (typeof literal !== 'string') return { fault: 'type' }
  const value = TEXT_FORMS[type](literal)
  return value === undefined ? { fault: 'form' } : { value }
}

/** The type that a literal has by itself; undefined for what is no literal. */
export function naturalType(literal: unknown): RuleType | 'null' | undefined {
  if (literal === null) return 'null'
  if (typeof literal === 'string') return 'text'
  if (typeof literal === 'boolean') return 'boolean'
  return isNumberLiteral(literal) ? 'number' : undefined
}

const TEXT_FORMS: {
  readonly [T in 'text' | 'date' | 'datetime' | 'time' | 'duration' | 'id']: (
    text: string,
  ) => string | undefined
} = {
  text: (text) => (UNSTORABLE.test(text) ? undefined : text),
  date: (text) => (isRealDate(text) ? text : undefined),
  datetime: readInstant,
  time: (text) => (TIME.test(text) ? (text.length === 5 ? `${text}:00` : text) : undefined),
  duration: (text) => (parseDuration(text) === undefined ? undefined : text),
  id: (text) => (UUID.test(text) ? text.toLowerCase() : undefined),
}

function readNumber(literal: number | ExactNumber): LiteralReading {
  // A float of 1e15 and more may already have lost digits on its way here.
  if (typeof literal === 'number' && !(Math.abs(literal) < 1e15)) return { fault: 'precision' }
  const text = typeof literal === 'number' ? String(literal) : literal.value
  const [, whole = '', decimals = '', exponent = '0'] = NUMBER.exec(text) ?? []
  const digits = (whole + decimals).replace(/^0+/, '').replace(/0+$/, '').length
  const power = Number(exponent)
  if (digits > MAX_DIGITS || whole.length + power > MAX_EXPONENT || decimals.length - power > MAX_EXPONENT) {
    return { fault: 'precision' }
  }
  return { value: text === '-0' ? '0' : text }
}

/** Whether the text is a day that exists, from 0001-01-01 to 9999-12-31. */
export function isRealDate(text: string): boolean {
  const [, year = '', month = '', day = ''] = DATE.exec(text) ?? []
  if (year === '' || year === '0000') return false
  const date = new Date(`${text}T00:00:00Z`)
  return date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day)
}

function readInstant(text: string): string | undefined {
  const [, day = '', hour = '', minute = '', second = '00', fraction = ''] = INSTANT.exec(text) ?? []
  if (!isRealDate(day) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  if (fraction.length > 3 && /[1-9]/.test(fraction.slice(3))) return undefined // instants are in milliseconds
  const instant = new Date(text)
  if (Number.isNaN(instant.getTime()) || instant.getUTCFullYear() < 1) return undefined
  const canonical = instant.toISOString()
  return /^\d{4}-/.test(canonical) ? canonical : undefined
}
