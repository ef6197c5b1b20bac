import { printRule } from '../../metadata/rules/text/print-rule.ts'
import { fromRule } from '../../runtime-ui/screens/list/filter-rule.ts'

/** A filter that chips cannot hold: in its own short text where it is plain conditions, else as a sentence. */
export const wordsOf = (filter: unknown, sentence: (rule: unknown) => string): string =>
  fromRule(filter) === undefined ? sentence(filter) : printRule(filter)
