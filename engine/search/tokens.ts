import type { SearchPort } from '../registry/ports.ts'
import { soundOf } from './pinyin.ts'
import { questionWords } from './question.ts'
import { recordTokens } from './record-tokens.ts'

/**
 * Search by a token column, in any language: letters by threes, ideographs by ones and twos, Chinese also by
 * pinyin and its initials, numbers by any three digits. Pure and deterministic.
 */
export function createSearch(): SearchPort {
  return { tokensOf: recordTokens, questionOf: questionWords, soundOf }
}
