/** Texts by code point and by simple case mapping, as PostgreSQL's C.UTF-8 has them. */

const ASCII = /^\p{ASCII}*$/u

/** Greek letters whose capital is one code point in PostgreSQL and several in JavaScript. */
const GREEK_CAPITALS: ReadonlyMap<number, number> = new Map([
  ...[0x1f80, 0x1f90, 0x1fa0].flatMap((start) =>
    Array.from({ length: 8 }, (_, at): [number, number] => [start + at, start + at + 8]),
  ),
  [0x1fb3, 0x1fbc],
  [0x1fc3, 0x1fcc],
  [0x1ff3, 0x1ffc],
])

/** In lower case, letter by letter: no letter becomes two, and where it stands does not matter. */
export function lowerCase(text: string): string {
  if (ASCII.test(text) || !/[İΣ]/u.test(text)) return text.toLowerCase()
  return [...text].map((letter) => (letter === 'İ' ? 'i' : letter.toLowerCase())).join('')
}

/** In upper case, letter by letter: ß stays ß. */
export function upperCase(text: string): string {
  if (ASCII.test(text)) return text.toUpperCase()
  return [...text].map(upperLetter).join('')
}

function upperLetter(letter: string): string {
  const upper = letter.toUpperCase()
  if (codePoints(upper) === 1) return upper
  const capital = GREEK_CAPITALS.get(letter.codePointAt(0) ?? 0)
  return capital === undefined ? letter : String.fromCodePoint(capital)
}

export function codePoints(text: string): number {
  let count = text.length
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= 0xdc00 && unit <= 0xdfff) count -= 1
  }
  return count
}

/** By code point, as `COLLATE "C"` in UTF-8: −1, 0 or 1. JavaScript's `<` would put 😀 before the last of the plane. */
export function compareTexts(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at)
    const right = b.charCodeAt(at)
    if (left === right) continue
    const leftHigh = left >= 0xd800 && left <= 0xdfff
    const rightHigh = right >= 0xd800 && right <= 0xdfff
    if (leftHigh !== rightHigh) return leftHigh ? 1 : -1
    return left < right ? -1 : 1
  }
  return Math.sign(a.length - b.length)
}

/** Blank characters that `trim` takes away, those of Chinese and of HTML included. */
export const BLANKS =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'
const OUTER_BLANKS = new RegExp(`^[${BLANKS}]+|[${BLANKS}]+$`, 'g')

export function trimmed(text: string): string {
  return text.replace(OUTER_BLANKS, '')
}

/**
 * From a place on: counted from 0, or from the end where it is negative; `count` characters, all but the last −count
 * where that is negative, all where it is absent.
 */
export function partOf(text: string, start: number, count: number | undefined): string {
  const letters = [...text]
  const rest = start >= 0 ? letters.slice(start) : letters.slice(Math.max(0, letters.length + start))
  if (count === undefined) return rest.join('')
  return rest.slice(0, count >= 0 ? count : Math.max(0, rest.length + count)).join('')
}

/** The words of a search text: what stands between blanks, without case. Chinese is not cut into words. */
export function searchWords(query: string): readonly string[] {
  return lowerCase(query)
    .split(new RegExp(`[${BLANKS}]+`))
    .filter((word) => word !== '')
}
