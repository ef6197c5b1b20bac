/** Marks that written words carry inside and that people leave out when they search: O’Brien, obrien. */
const APOSTROPHES = /['’ʼ]/g
/** Accents of alphabets, vowel signs of Hebrew and Arabic; not Indic vowels or the Japanese voicing mark. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g
const NOT_ASCII = /[^\p{ASCII}]/u

/**
 * The form in which words are compared: compatibility forms made plain (full-width, ligatures), accents and
 * apostrophes off, lower case. For tokens only; what is stored stays as it was sent.
 */
export function fold(text: string): string {
  if (!NOT_ASCII.test(text)) return lowerCase(text).replace(APOSTROPHES, '')
  const plain = text.normalize('NFKD').replace(ACCENTS, '').normalize('NFKC')
  return lowerCase(plain).replace(APOSTROPHES, '')
}

/**
 * Lower case letter by letter, as PostgreSQL's lower() has it: String.toLowerCase looks at the neighbours of a
 * Greek sigma and turns İ into two characters.
 */
export function lowerCase(text: string): string {
  if (!NOT_ASCII.test(text)) return text.toLowerCase()
  let lower = ''
  for (const character of text) {
    const small = character.toLowerCase()
    lower += [...small].length === 1 ? small : character
  }
  return lower
}

/** Whether PostgreSQL's lower() under any collation folds the text as `lowerCase` does: ASCII, or without case. */
export function foldsAlike(lowered: string): boolean {
  for (const character of lowered) {
    if (character > '\u007f' && character.toUpperCase() !== character) return false
  }
  return true
}
