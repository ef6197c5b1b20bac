import { isNumberLiteral } from '../literals.ts'

/** A rule in the one way in which the text form writes JSON Logic: a single argument stands without its list. */
export function canonicalRule(rule: unknown): unknown {
  if (typeof rule !== 'object' || rule === null || isNumberLiteral(rule)) return rule
  if (Array.isArray(rule)) return rule.map(canonicalRule)
  return Object.fromEntries(
    Object.entries(rule).map(([operator, argument]) => [operator, canonicalArgument(operator, argument)]),
  )
}

function canonicalArgument(operator: string, argument: unknown): unknown {
  if (!Array.isArray(argument)) return canonicalRule(argument)
  const args = argument.map(canonicalRule)
  if (operator === 'var' && args.length === 2 && args[1] === null) return args[0]
  return args.length === 1 && !Array.isArray(args[0]) ? args[0] : args
}
