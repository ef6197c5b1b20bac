/** What values are checked for beyond JSON Schema; `valueSchema` names these keywords. */

/** The most significant digits that a number keeps exactly on its way through JSON, JavaScript and back. */
export const MAX_DIGITS = 15
/** The largest whole number of 15 digits. */
export const MAX_WHOLE = 999_999_999_999_999

/** The digits of a number as JavaScript writes it: significant ones in all, and those after the point. */
export function digitsOf(value: number): { readonly significant: number; readonly scale: number } {
  const [mantissa = '', exponentText = '0'] = Math.abs(value).toString().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const scale = Math.max(0, fraction.length - Number(exponentText))
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  const significant = scale > 0 ? digits.length : digits.replace(/0+$/, '').length
  return { significant, scale }
}

/** Whether a number has at most 15 significant digits, `scale` of them after the point. */
export function isExact(value: number, scale: number): boolean {
  if (Number.isInteger(value) && Math.abs(value) <= MAX_WHOLE) return true
  const digits = digitsOf(value)
  return digits.significant <= MAX_DIGITS && digits.scale <= scale
}

/** How many code units the longest sign of people (a family, a flag, a stack of marks) may take on average. */
const UNITS_PER_GRAPHEME = 32
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Whether a text has at most `limit` characters as people count them: an emoji of several code points is one. */
export function hasAtMostGraphemes(text: string, limit: number): boolean {
  if (text.length <= limit) return true
  if (text.length > limit * UNITS_PER_GRAPHEME) return false
  let count = 0
  for (const _ of segmenter.segment(text)) {
    count += 1
    if (count > limit) return false
  }
  return true
}

export interface ValueKeyword {
  readonly keyword: string
  readonly type: 'number' | 'string'
  /** @param limit the keyword's value in the schema, a whole number of at least 0 */
  readonly holds: (limit: number, value: never) => boolean
}

/** The keywords that `valueSchema` may use besides those of JSON Schema; each takes a whole number. */
export const VALUE_KEYWORDS: readonly ValueKeyword[] = [
  { keyword: 'x-decimals', type: 'number', holds: (scale, value: number) => isExact(value, scale) },
  {
    keyword: 'x-maxGraphemes',
    type: 'string',
    holds: (limit, value: string) => hasAtMostGraphemes(value, limit),
  },
]
