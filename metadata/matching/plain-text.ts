const ACCENTS = /[\u0300-\u036f]/g
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{N}\p{M}]+/gu

/** One form of letters: compatibility forms made plain (full-width, ligatures), accents off, lower case. */
export function foldLetters(text: string): string {
  return text.normalize('NFKD').replace(ACCENTS, '').normalize('NFKC').toLowerCase()
}

/** Letters and digits alone, in one form. */
export function lettersAndDigits(text: string): string {
  return foldLetters(text).replace(NEITHER_LETTER_NOR_DIGIT, '')
}

/** The words of a text in one form; what has no spaces between words is one. */
export function wordsOf(text: string): readonly string[] {
  return foldLetters(text)
    .replace(/['’ʼ]/g, '')
    .split(NEITHER_LETTER_NOR_DIGIT)
    .filter((word) => word !== '')
}
