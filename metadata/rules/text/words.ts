import { OPERATORS } from '../catalogue.ts'
import { arity, type RuleOperator } from '../operator.ts'

/** Words that are signs, in both languages. */
const WORD_SIGNS: ReadonlyMap<string, string> = new Map([
  ['and', 'and'],
  ['且', 'and'],
  ['并且', 'and'],
  ['or', 'or'],
  ['或', 'or'],
  ['或者', 'or'],
  ['not', 'not'],
  ['非', 'not'],
  ['in', 'in'],
  ['属于', 'in'],
  ['is', 'is'],
])
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
])

/** The sign that a bare word is, or undefined. */
export function wordSign(word: string): string | undefined {
  return WORD_SIGNS.get(word.toLowerCase())
}

export function constantOf(word: string): boolean | null | undefined {
  return CONSTANTS.get(word.toLowerCase())
}

/** Words that a bare name cannot be. */
export function isReserved(word: string): boolean {
  return wordSign(word) !== undefined || constantOf(word) !== undefined
}

/** The name of an operator as a function: its own, or the first other name of a sign; undefined where it has none. */
export function functionName(operator: RuleOperator): string | undefined {
  return (/^[a-z]/.test(operator.name) ? operator.name : operator.aliases?.[0])?.toUpperCase()
}

/** A path with what stands in where it is null; the one function that is no operator. */
export const IF_NULL = 'ifnull'

const FUNCTIONS: ReadonlyMap<string, string> = new Map(
  [...OPERATORS.values()].flatMap((operator) => [
    ...(/^[a-z]/.test(operator.name) ? [[operator.name, operator.name] as const] : []),
    ...(operator.aliases ?? []).map((alias) => [alias, operator.name] as const),
  ]),
)

/** The operator behind a function's name, in either case. */
export function functionNamed(written: string): string | undefined {
  return FUNCTIONS.get(written.toLowerCase())
}

/** Every name that may stand before a bracket, for guessing. */
export function functionNames(): readonly string[] {
  return [...FUNCTIONS.keys(), IF_NULL].map((name) => name.toUpperCase())
}

/** The operator of two arguments that may stand between them: `name contains 'x'`. */
export function infixNamed(written: string): string | undefined {
  const name = functionNamed(written)
  const operator = name === undefined ? undefined : OPERATORS.get(name)
  if (operator === undefined || operator.signature.shape !== 'fixed') return undefined
  const { min, max } = arity(operator.signature)
  return min === 2 && max === 2 && operator.signature.result === 'boolean' ? operator.name : undefined
}
