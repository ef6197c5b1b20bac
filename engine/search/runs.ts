import { fold, lowerCase } from './fold.ts'
import { beginning } from './grams.ts'

/**
 * A stretch of one kind of writing.
 * - `word`: letters of an alphabet
 * - `ideographs`: writing without spaces between words (Chinese, Japanese, Korean), and symbols
 * - `digits`: 0 to 9, with what separates them left out (0512-6281 7730)
 */
export type Run =
  | { readonly kind: 'word' | 'ideographs'; readonly text: string; readonly changed: boolean }
  /** `text` all digits of the group together, `parts` as they were separated. */
  | { readonly kind: 'digits'; readonly text: string; readonly parts: readonly string[] }

const IDEOGRAPH =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Bopomofo}ー々〆\uff9e\uff9f'
const DIGIT_GROUP = '[0-9０-９]+(?:[-‐‑–−./,()（）+·:： \\u3000]{1,3}[0-9０-９]+)*'
const SYMBOL = '(?![\\x00-\\x7f])\\p{S}'
const LETTER = `(?![${IDEOGRAPH}])[\\p{L}\\p{N}\\p{M}]`
const RUN = new RegExp(
  `(${DIGIT_GROUP})|((?:[${IDEOGRAPH}]\\p{M}*)+|(?:${SYMBOL})+)|((?![0-9０-９])${LETTER}(?:(?:['’ʼ](?=\\p{L}))?(?![0-9０-９])${LETTER})*)`,
  'gu',
)
const ASCII_RUN = /([0-9]+(?:[-./,()+: ]{1,3}[0-9]+)*)|([A-Za-z]+(?:'[A-Za-z]+)*)/g
const SCHEME = /\bhttps?:\/\//gi
const NOT_ASCII = /[^\p{ASCII}]/u

/** Digits beyond this many in one group are a text of numbers, not one number. */
const MAX_GROUP_DIGITS = 32
/** Letters of one word that are looked at. */
const MAX_WORD_LETTERS = 64

/** The runs of a text in their order. Lone surrogates, control characters and punctuation are in none. */
export function* runsOf(text: string): Generator<Run> {
  const plain = text.replace(SCHEME, ' ')
  if (NOT_ASCII.test(plain)) {
    for (const [, digits, ideographs, word] of plain.matchAll(RUN)) {
      if (digits !== undefined) yield* digitRuns(fold(digits))
      else if (ideographs !== undefined) yield* written('ideographs', ideographs)
      else if (word !== undefined) yield* written('word', word)
    }
    return
  }
  for (const [, digits, word] of plain.matchAll(ASCII_RUN)) {
    if (digits !== undefined) yield* digitRuns(digits)
    else if (word !== undefined) yield* written('word', word)
  }
}

function* written(kind: 'word' | 'ideographs', raw: string): Generator<Run> {
  const cut = kind === 'word' ? beginning(raw, MAX_WORD_LETTERS) : raw
  const text = fold(cut)
  if (text !== '') yield { kind, text, changed: text !== lowerCase(cut) }
}

function* digitRuns(group: string): Generator<Run> {
  let parts: string[] = []
  let length = 0
  for (const part of group.match(/[0-9]+/g) ?? []) {
    if (length + part.length > MAX_GROUP_DIGITS && parts.length > 0) {
      yield { kind: 'digits', text: parts.join(''), parts }
      parts = []
      length = 0
    }
    parts.push(part)
    length += part.length
  }
  if (parts.length > 0) yield { kind: 'digits', text: parts.join(''), parts }
}
