import { isNumberLiteral } from './literals.ts'
import type { RuleProblem } from './types.ts'

/** Operators inside operators. */
export const MAX_RULE_DEPTH = 20
/** Operators, paths and literals together. */
export const MAX_RULE_PARTS = 20_000
/** Operands of arithmetic in one rule: keeps every product within what PostgreSQL's numeric can hold. */
export const MAX_ARITHMETIC = 200

const ARITHMETIC = new Set(['+', '-', '*', '/', '%'])

/**
 * Measures a rule before anything else looks at it, and stops at the first bound that it breaks, so that no later
 * step can run out of stack or time.
 */
export function checkBounds(rule: unknown): RuleProblem | undefined {
  let parts = 0
  let operands = 0
  const open: { node: unknown; depth: number }[] = [{ node: rule, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next
    parts += 1
    if (parts > MAX_RULE_PARTS) return { code: 'RULE_TOO_LARGE', path: '', params: { limit: MAX_RULE_PARTS } }
    if (depth > MAX_RULE_DEPTH) return { code: 'RULE_TOO_DEEP', path: '', params: { limit: MAX_RULE_DEPTH } }
    if (typeof node !== 'object' || node === null || isNumberLiteral(node)) continue
    for (const [key, value] of Array.isArray(node) ? [['', node] as const] : Object.entries(node)) {
      const items: readonly unknown[] = Array.isArray(value) ? value : [value]
      if (ARITHMETIC.has(key)) operands += items.length
      if (operands > MAX_ARITHMETIC)
        return { code: 'RULE_TOO_LARGE', path: '', params: { limit: MAX_ARITHMETIC } }
      if (parts + open.length + items.length > MAX_RULE_PARTS + 1) {
        return { code: 'RULE_TOO_LARGE', path: '', params: { limit: MAX_RULE_PARTS } }
      }
      for (const item of items) open.push({ node: item, depth: depth + 1 })
    }
  }
  return undefined
}
