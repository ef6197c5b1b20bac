import { companyKey, companyWords } from './company.ts'
import { phoneKey } from './phone.ts'
import { foldLetters, lettersAndDigits, wordsOf } from './plain-text.ts'

/** As what a value is compared. */
export type Likeness = 'phone' | 'email' | 'credit_code' | 'company' | 'person' | 'text'

const CREDIT_CODE_LENGTHS = new Set([15, 18, 20])
const TITLES = /(?:先生|女士|小姐|老师)$/
const LATIN_TITLES = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'prof'])

/** The normal form of a text under which values count as equal; undefined where it says nothing to compare. */
export const NORMAL_FORMS: { readonly [L in Likeness]: (text: string) => string | undefined } = {
  phone: phoneKey,
  email(text) {
    const plain = text.normalize('NFKC').trim().toLowerCase()
    return plain.includes('@') ? plain : undefined
  },
  // 18 characters since 2015; 15 are a former registration or tax number, 20 a tax number with its suffix.
  credit_code(text) {
    const plain = text
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '')
    return CREDIT_CODE_LENGTHS.has(plain.length) && /\d/.test(plain) ? plain : undefined
  },
  company: companyKey,
  // “Wang, Lily” is Lily Wang.
  person: (text) => emptyToUndefined([...personWords(text)].sort().join('')),
  text: (text) => emptyToUndefined(lettersAndDigits(text)),
}

/** The words by which names are compared that are only alike. */
export function likeWords(as: Likeness, text: string): readonly string[] {
  if (as === 'company') return companyWords(text)
  return as === 'person' ? personWords(text) : wordsOf(text)
}

function personWords(text: string): readonly string[] {
  const words = wordsOf(foldLetters(text)).filter((word) => !LATIN_TITLES.has(word))
  const named = words.map((word) => word.replace(TITLES, '')).filter((word) => word !== '')
  return named.length === 0 ? wordsOf(text) : named
}

function emptyToUndefined(text: string): string | undefined {
  return text === '' ? undefined : text
}
