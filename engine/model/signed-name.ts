/** A field name with an optional sign before it, as sorts (minus) and indexes (minus, plus) write it. */
export function signedName(text: string): {
  readonly name: string
  readonly sign: '' | '-' | '+'
  readonly offset: number
} {
  const sign = text.startsWith('-') ? '-' : text.startsWith('+') ? '+' : ''
  return { name: text.slice(sign.length), sign, offset: sign.length }
}
