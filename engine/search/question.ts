import type { SearchAlternative, SearchWord } from '../registry/ports.ts'
import { foldsAlike } from './fold.ts'
import { grams } from './grams.ts'
import { SPACES } from './record-tokens.ts'
import { type Run, runsOf } from './runs.ts'

/** Words of one question; further ones are left out. */
export const MAX_WORDS = 20
/** Characters of a question that are looked at. */
const MAX_QUESTION = 500

/** The words of a question, each with the token sets that stand for it; [] when nothing can be looked for. */
export function questionWords(text: string): readonly SearchWord[] {
  const words = new Map<string, SearchWord>()
  for (const run of runsOf(text.slice(0, MAX_QUESTION))) {
    if (words.size >= MAX_WORDS) break
    if (!words.has(run.text)) words.set(run.text, { text: run.text, alternatives: alternativesOf(run) })
  }
  return [...words.values()]
}

function alternativesOf(run: Run): readonly SearchAlternative[] {
  if (run.kind === 'digits') return digitAlternatives(run.text, run.parts)
  return run.kind === 'word' ? wordAlternatives(run.text) : ideographAlternatives(run.text)
}

function exact(tokens: readonly string[]): SearchAlternative {
  return { tokens, recheck: false }
}

/**
 * Three letters and more are found anywhere in a word, fewer at its beginning. A word in Latin letters may also be
 * pinyin, or the initials of some characters.
 */
function wordAlternatives(word: string): readonly SearchAlternative[] {
  const letters = tokensOrWhole(word, 3)
  const prefixed = (space: string) => letters.map((token) => space + token)
  const asWritten = { tokens: letters, recheck: letters.length > 1 && foldsAlike(word) }
  const alternatives = [asWritten, exact(prefixed(SPACES.folded))]
  if (!/^[a-z]+$/.test(word)) return alternatives
  const bySound = [SPACES.pinyin, SPACES.initials].map((space) => ({
    ...exact(prefixed(space)),
    bySound: true,
  }))
  return [...alternatives, ...bySound]
}

/** One character, or every two in a row. */
function ideographAlternatives(text: string): readonly SearchAlternative[] {
  const tokens = tokensOrWhole(text, 2)
  return [
    { tokens, recheck: tokens.length > 1 && foldsAlike(text) },
    exact(tokens.map((token) => SPACES.folded + token)),
  ]
}

function tokensOrWhole(text: string, size: number): readonly string[] {
  const found = grams(text, size)
  return found.length === 0 ? [text] : [...new Set(found)]
}

/** The digits of a group in a row, or each of its parts by itself (“2026 300”). */
function digitAlternatives(text: string, parts: readonly string[]): readonly SearchAlternative[] {
  const together = exact(digitTokens(text))
  return parts.length === 1 ? [together] : [together, exact([...new Set(parts.flatMap(digitTokens))])]
}

// Four in a row of an eleven-digit number are rare enough that no stranger has all of a longer number's.
function digitTokens(digits: string): readonly string[] {
  return digits.length < 3 ? [digits] : grams(digits, Math.min(digits.length, 4))
}
