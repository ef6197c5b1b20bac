import { printRule, RuleNotPrintable } from '../../metadata/rules/text/print-rule.ts'

/** A rule in the words that people type, or as it is stored where it has none. */
export function printedRule(rule: unknown): string {
  try {
    return printRule(rule)
  } catch (error) {
    if (error instanceof RuleNotPrintable) return JSON.stringify(rule)
    throw error
  }
}
