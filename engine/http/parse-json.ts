import { randomBytes } from 'node:crypto'
import { LosslessNumber } from 'lossless-json'
import { refuse } from '../errors.ts'

/** Deeper than any honest body; what walks over values afterwards may recurse. */
export const MAX_DEPTH = 100
/** More names than any honest object has; each that is not known costs a look for the nearest one that is. */
export const MAX_NAMES = 20_000

/** Digits beyond which a number may not survive as a float; the field layer says so for its field. */
const SAFE_DIGITS = 15

/**
 * Parses JSON. A number that a float would change (more than 15 significant digits, an exponent beyond floats)
 * arrives as a LosslessNumber with its text. `__proto__` stays an own key; of duplicate keys the last counts,
 * as everywhere in JavaScript.
 * @throws AppError HTTP_BODY_EMPTY, HTTP_BODY_UNREADABLE, HTTP_BODY_TOO_DEEP, HTTP_BODY_TOO_WIDE
 */
export function parseJson(text: string): unknown {
  const spots = text.length > MAX_DEPTH || MAYBE_UNSAFE.test(text) ? scan(text) : undefined
  try {
    return spots === undefined || spots.length === 0 ? JSON.parse(text) : parseWithSpots(text, spots)
  } catch {
    throw refuse(text.trim() === '' ? 'HTTP_BODY_EMPTY' : 'HTTP_BODY_UNREADABLE')
  }
}

/** Sixteen digits in a row, a point among them or not, or an exponent: only then is a closer look due. */
const MAYBE_UNSAFE = /[\d.]{16}|\d[eE]/

interface Spot {
  readonly start: number
  readonly end: number
}

const QUOTE = 34
const COLON = 58
const BACKSLASH = 92

/** Finds the unsafe numbers outside strings, and refuses what is too deep or too wide. Says nothing about validity. */
function scan(text: string): Spot[] {
  const spots: Spot[] = []
  const names: number[] = [] // of each object that is open
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    else if (code === 123 || code === 91) {
      if (names.push(0) > MAX_DEPTH) throw refuse('HTTP_BODY_TOO_DEEP', '', { params: { limit: MAX_DEPTH } })
    } else if (code === 125 || code === 93) names.pop()
    else if (code === COLON) countName(names)
    else if (code === 45 || (code >= 48 && code <= 57)) {
      const end = endOfNumber(text, at)
      if (isUnsafe(text.slice(at, end))) spots.push({ start: at, end })
      at = end - 1
    }
  }
  return spots
}

function countName(names: number[]): void {
  const count = (names.pop() ?? 0) + 1
  if (count > MAX_NAMES) throw refuse('HTTP_BODY_TOO_WIDE', '', { params: { limit: MAX_NAMES } })
  names.push(count)
}

/** The index of the closing quote, or of the end of the text. */
function endOfString(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++
    if (backslashes % 2 === 0) return at
  }
  return text.length
}

function endOfNumber(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && '0123456789+-.eE'.includes(text[at]!)) at++
  return at
}

const NUMBER = /^-?(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/** Whether a float would not give this number back; text that is no JSON number is left for the parser to refuse. */
function isUnsafe(written: string): boolean {
  if (written.length <= SAFE_DIGITS && !/[eE]/.test(written)) return false
  const parts = NUMBER.exec(written)
  if (parts === null) return false
  const digits = `${parts[1]}${parts[2] ?? ''}`.replace(/^0+/, '').replace(/0+$/, '')
  if (digits.length > SAFE_DIGITS) return true
  const size = Math.abs(Number(written))
  return digits !== '' && !(size < 1e300 && size > 1e-300)
}

/** Unforgeable: a string of the client cannot begin with it. */
const MARK = `\u0000${randomBytes(12).toString('hex')}:`
const MARK_IN_JSON = `[${JSON.stringify(MARK).slice(0, -1)}`

/**
 * Replaces each unsafe number by a list of one marked string for the native parser, and turns these into
 * LosslessNumbers. A list, since a bare string would make `{1e999: 0}` valid.
 */
function parseWithSpots(text: string, spots: readonly Spot[]): unknown {
  let marked = ''
  let from = 0
  for (const { start, end } of spots) {
    marked += `${text.slice(from, start)}${MARK_IN_JSON}${text.slice(start, end)}"]`
    from = end
  }
  const parsed: unknown = JSON.parse(marked + text.slice(from), (_key, value: unknown) => {
    const [only] = Array.isArray(value) && value.length === 1 ? (value as unknown[]) : []
    const isMarked = typeof only === 'string' && only.startsWith(MARK)
    return isMarked ? new LosslessNumber(only.slice(MARK.length)) : value
  })
  // A body that is one number is refused as such, whatever its digits.
  return parsed instanceof LosslessNumber ? Number(parsed.value) : parsed
}
