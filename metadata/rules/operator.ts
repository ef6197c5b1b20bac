import type { LocalText, RuleType } from './types.ts'

/**
 * What one argument must be.
 * - `value`: a value of one of the types
 * - `same`: like `value`, and all `same` arguments of a call share one type
 * - `item`: one item of the list that is the first argument
 * - `items`: a list of such items
 * - `container`: where `in` looks: a literal list, a list, or a text
 */
export type Slot =
  | { readonly kind: 'value'; readonly types: readonly RuleType[] }
  | { readonly kind: 'same'; readonly types: readonly RuleType[] }
  | { readonly kind: 'item' }
  | { readonly kind: 'items' }
  | { readonly kind: 'container' }

/** How many arguments of which kind an operator takes, and what comes out. */
export type Signature =
  | {
      readonly shape: 'fixed'
      readonly slots: readonly Slot[]
      /** How many of the slots may be left out at the end. */
      readonly optional?: number
      /** What further arguments are, where any number may follow. */
      readonly rest?: Slot
      /** A type, or the type of the first argument. */
      readonly result: RuleType | 'first'
    }
  /** Condition, value, condition, value, …, and last, if wanted, what stands otherwise. */
  | { readonly shape: 'branches' }

/** The family that an operator is listed under. */
export type OperatorFamily = 'logic' | 'comparison' | 'arithmetic' | 'text' | 'date' | 'list'

/** One operator of the rule language. */
export interface RuleOperator {
  /** The key in JSON Logic. */
  readonly name: string
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
}

const NAME = /^([a-z][a-z0-9_]{0,39}|[!=<>+\-*/%]{1,3})$/

/**
 * Declares an operator and checks the declaration at once.
 * @throws Error naming the operator when it is malformed
 */
export function defineOperator(operator: RuleOperator): RuleOperator {
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
  const max = signature.rest === undefined ? signature.slots.length : Number.POSITIVE_INFINITY
  return { min: signature.slots.length - (signature.optional ?? 0), max }
}
