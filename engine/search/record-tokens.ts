import { beginning, grams } from './grams.ts'
import { readingsOf } from './pinyin.ts'
import { type Run, runsOf } from './runs.ts'

/**
 * The spaces in which tokens live, by their first character, so that no kind is taken for another.
 * - none: letters and ideographs as they are written, in lower case, and digits
 * - `~`: words that folding has changed (café, ＡＢＣ): their letters are not those of the stored text
 * - `:`: pinyin · `.`: initials of pinyin
 */
export const SPACES = { folded: '~', pinyin: ':', initials: '.' } as const

/** Tokens of one record. More would cost the index more than anyone gains. */
export const MAX_TOKENS = 300
/** A longer text is prose: it is searched by its characters, not by how they sound. */
const MAX_PINYIN_TEXT = 60
/** Short texts (names, numbers) take their tokens before long ones. */
const LONG_TEXT = 200
/** Characters of one text that are looked at; MAX_TOKENS is reached long before. */
const MAX_TEXT = 4_000

/** The distinct tokens of a record's searchable texts, at most MAX_TOKENS; the same for the same texts. */
export function recordTokens(texts: readonly string[]): string[] {
  const tokens = new Set<string>()
  const isLong = (text: string) => text.length > LONG_TEXT
  for (const text of [...texts.filter((item) => !isLong(item)), ...texts.filter(isLong)]) {
    addText(text.slice(0, MAX_TEXT), tokens)
    if (tokens.size >= MAX_TOKENS) break
  }
  return tokens.size <= MAX_TOKENS ? [...tokens] : [...tokens].slice(0, MAX_TOKENS)
}

function addText(text: string, tokens: Set<string>): void {
  const withPinyin = text.length <= MAX_PINYIN_TEXT
  for (const run of runsOf(text)) {
    addRun(run, withPinyin, tokens)
    if (tokens.size >= MAX_TOKENS) return
  }
}

function addRun(run: Run, withPinyin: boolean, tokens: Set<string>): void {
  if (run.kind === 'digits') {
    addDigits(run.text, run.parts, tokens)
    return
  }
  const space = run.changed ? SPACES.folded : ''
  if (run.kind === 'word') {
    addLetters(run.text, space, tokens)
    return
  }
  addIdeographs(run.text, space, tokens)
  if (withPinyin && /\p{Script=Han}/u.test(run.text)) addPinyin(run.text, tokens)
}

/** The first letter, the first two, and every three in a row. */
function addLetters(text: string, space: string, tokens: Set<string>): void {
  tokens.add(space + beginning(text, 1))
  tokens.add(space + beginning(text, 2))
  for (const gram of grams(text, 3)) tokens.add(space + gram)
}

/** Every character and every two in a row. */
function addIdeographs(text: string, space: string, tokens: Set<string>): void {
  for (const size of [1, 2]) for (const gram of grams(text, size)) tokens.add(space + gram)
}

/** The beginning of each part, and every three and four digits in a row across the separators. */
function addDigits(text: string, parts: readonly string[], tokens: Set<string>): void {
  for (const part of parts) {
    tokens.add(part.slice(0, 1))
    if (part.length > 1) tokens.add(part.slice(0, 2))
  }
  for (const size of [3, 4]) for (const gram of grams(text, size)) tokens.add(gram)
}

/** Three letters are found anywhere in the spelling, two at the start of a syllable; initials in any number. */
function addPinyin(run: string, tokens: Set<string>): void {
  for (const syllables of readingsOf(run)) {
    for (const gram of grams(syllables.join(''), 3)) tokens.add(SPACES.pinyin + gram)
    for (const syllable of syllables) tokens.add(SPACES.pinyin + beginning(syllable, 2))
    const initials = syllables.map((syllable) => beginning(syllable, 1)).join('')
    for (const size of [1, 2, 3]) for (const gram of grams(initials, size)) tokens.add(SPACES.initials + gram)
  }
}
