import { OPERATORS } from './catalogue.ts'

/** What stands where a value is due: the value itself, or a rule that gives it. */
export type SaidValue =
  | { readonly kind: 'literal'; readonly value: unknown }
  | { readonly kind: 'rule'; readonly rule: unknown }

/**
 * Reads a value slot: an object whose only key is an operator is a rule, `{"literal": …}` is what stands in it, anything
 * else is itself.
 */
export function readValueSlot(said: unknown): SaidValue {
  const key = onlyKey(said)
  if (key === 'literal') return { kind: 'literal', value: (said as { readonly literal: unknown }).literal }
  return key === 'var' || (key !== undefined && OPERATORS.has(key))
    ? { kind: 'rule', rule: said }
    : { kind: 'literal', value: said }
}

function onlyKey(said: unknown): string | undefined {
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return undefined
  const keys = Object.keys(said)
  return keys.length === 1 ? keys[0] : undefined
}
