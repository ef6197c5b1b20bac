import type { Evaluate } from './running.ts'
import type { LocalText, RuleType } from './types.ts'

/**
 * What one argument must be.
 * - `value`: a value of one of the types
 * - `same`: like `value`, and all `same` arguments of a call share one type
 * - `item`: one item of the list that is the first argument
 * - `items`: a list of such items
 * - `container`: where `in` looks: a literal list, a list, or a text
 * - `choice`: one of a few words, written out
 * - `whole`: a whole number within bounds, written out
 * - `words`: a text, written out
 * - `option`: an option of the field that is the first argument, written out
 */
export type Slot =
  | { readonly kind: 'value'; readonly types: readonly RuleType[] }
  | { readonly kind: 'same'; readonly types: readonly RuleType[] }
  | { readonly kind: 'item' }
  | { readonly kind: 'items' }
  | { readonly kind: 'container' }
  | { readonly kind: 'choice'; readonly words: readonly string[] }
  | { readonly kind: 'whole'; readonly min: number; readonly max: number }
  | { readonly kind: 'words' }
  | { readonly kind: 'option' }

/** How many arguments of which kind an operator takes, and what comes out. */
export type Signature =
  | {
      readonly shape: 'fixed'
      readonly slots: readonly Slot[]
      /** How many of the slots may be left out at the end. */
      readonly optional?: number
      /** What further arguments are, where any number may follow. */
      readonly rest?: Slot
      /** A type, that of the first argument, that of the items of the list that it is, or the one that all share. */
      readonly result: RuleType | 'first' | 'item' | 'shared'
    }
  /** Condition, value, condition, value, …, and last, if wanted, what stands otherwise. */
  | { readonly shape: 'branches' }
  /** A list, and what is asked or taken of each of its items. */
  | {
      readonly shape: 'each'
      readonly body: 'condition' | 'value'
      readonly result: 'boolean' | 'same' | 'list'
    }
  /** Several values of one type, or one list of such. */
  | { readonly shape: 'values_or_list'; readonly types: readonly RuleType[] }
  /** A field of the record, and so many values of its type. */
  | { readonly shape: 'change'; readonly values: number }

/** The family that an operator is listed under. */
export type OperatorFamily =
  | 'logic'
  | 'comparison'
  | 'arithmetic'
  | 'text'
  | 'date'
  | 'list'
  | 'relation'
  | 'change'

/** A rule over the sample record (sample.ts), and what it gives: told in the docs, proved by a test. */
export interface OperatorExample {
  readonly rule: unknown
  /** As JSON. */
  readonly value: unknown
}

/** One operator of the rule language. */
export interface RuleOperator<N extends string = string> {
  /** The key in JSON Logic. */
  readonly name: N
  readonly family: OperatorFamily
  readonly label: LocalText
  /** One sentence for the designer and the docs. */
  readonly description: LocalText
  /** What it gives where an argument is null. */
  readonly nullBehaviour: LocalText
  readonly signature: Signature
  /** Whether a literal beside a select or stage must be one of its options. */
  readonly comparesOptions: boolean
  /** How it reads in a sentence: {0}, {1} are the arguments, {all} all of them joined by `joiner`. */
  readonly sentence: LocalText
  readonly joiner?: LocalText
  /** How it reads of days and instants, where that differs (before, after). */
  readonly dateSentence?: LocalText
  /** Why the database cannot run it with the same result; absent where it can. */
  readonly engineOnly?: LocalText
  /** Whether its value does not show that an argument was an error: the database cannot tell those from null. */
  readonly hidesFaults?: true
  /** Other names under which the text form knows it; of a sign, the first is the one that it prints. */
  readonly aliases?: readonly string[]
  readonly examples: readonly [OperatorExample, ...OperatorExample[]]
  readonly evaluate: Evaluate
}

const NAME = /^([a-z][a-z0-9_]{0,39}|[!=<>+\-*/%]{1,3})$/

/**
 * Declares an operator and checks the declaration at once.
 * @throws Error naming the operator when it is malformed
 */
export function defineOperator<const N extends string>(operator: RuleOperator<N>): RuleOperator<N> {
  const { name, signature, sentence } = operator
  if (!NAME.test(name)) throw new Error(`operator "${name}": not a name`)
  if (sentence.en.includes('{all}') !== (operator.joiner !== undefined)) {
    throw new Error(`operator "${name}": {all} and joiner go together`)
  }
  if (signature.shape === 'fixed' && (signature.optional ?? 0) > signature.slots.length) {
    throw new Error(`operator "${name}": more optional slots than slots`)
  }
  return Object.freeze(operator)
}

/** How many arguments an operator takes; `max` is Infinity where any number may follow. */
export function arity(signature: Signature): { readonly min: number; readonly max: number } {
  if (signature.shape === 'branches') return { min: 2, max: Number.POSITIVE_INFINITY }
  if (signature.shape === 'values_or_list') return { min: 1, max: Number.POSITIVE_INFINITY }
  if (signature.shape === 'each') return { min: 2, max: 2 }
  if (signature.shape === 'change') return { min: 1 + signature.values, max: 1 + signature.values }
  const max = signature.rest === undefined ? signature.slots.length : Number.POSITIVE_INFINITY
  return { min: signature.slots.length - (signature.optional ?? 0), max }
}
