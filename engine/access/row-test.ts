import type { TypedRule } from '../../metadata/rules/types.ts'

/** One thing that is asked of a row. Two parts are the same when their keys are. */
export type Part =
  | { readonly kind: 'own' | 'team' | 'team_tree'; readonly key: string }
  | { readonly kind: 'rule'; readonly key: string; readonly typed: TypedRule }
  /** A text of the row holds no phone number. */
  | { readonly kind: 'numberless'; readonly key: string; readonly column: string }

/** Parts that must all hold. */
type Conjunction = readonly Part[]

/**
 * Which rows of an entity something holds for: none, all, or those where all parts of one of the conjunctions hold
 * (disjunctive normal form, without repetitions).
 */
export type RowTest = 'none' | 'all' | readonly Conjunction[]

export const OWN: RowTest = [[{ kind: 'own', key: 'own' }]]
export const TEAM: RowTest = [[{ kind: 'team', key: 'team' }]]
export const TEAM_TREE: RowTest = [[{ kind: 'team_tree', key: 'team_tree' }]]

export function ruleTest(typed: TypedRule): RowTest {
  if (typed.kind === 'literal') return typed.value === true ? 'all' : 'none'
  return [[{ kind: 'rule', key: JSON.stringify(typed), typed }]]
}

/** @param column quoted */
export function numberlessTest(column: string): RowTest {
  return [[{ kind: 'numberless', key: `numberless ${column}`, column }]]
}

/** Where one of the tests holds. */
export function anyOf(tests: readonly RowTest[]): RowTest {
  if (tests.includes('all')) return 'all'
  const found = new Map<string, Conjunction>()
  for (const test of tests) if (typeof test !== 'string') for (const one of test) found.set(keyOf(one), one)
  const all = [...found.values()]
  // What a narrower conjunction finds, a wider one finds too.
  const kept = all.filter((one) => !all.some((other) => other !== one && isWithin(one, other)))
  return kept.length === 0 ? 'none' : kept
}

/** Where both tests hold. */
export function bothOf(left: RowTest, right: RowTest): RowTest {
  if (left === 'none' || right === 'none') return 'none'
  if (left === 'all') return right
  if (right === 'all') return left
  return anyOf([left.flatMap((one) => right.map((other) => merged(one, other)))])
}

/** Whether every row that passes `inner` passes `outer` as far as their form tells; false where that is not sure. */
export function isCovered(inner: RowTest, outer: RowTest): boolean {
  if (outer === 'all' || inner === 'none') return true
  if (inner === 'all' || outer === 'none') return false
  return inner.every((one) => outer.some((other) => isWithin(one, other)))
}

/** How a test is named for people and clients: a scope's name, or `some` where there is no name for it. */
export type ScopeName = 'none' | 'own' | 'team' | 'team_tree' | 'all' | 'some'

export function scopeName(test: RowTest): ScopeName {
  if (typeof test === 'string') return test
  const only = test.length === 1 && test[0]!.length === 1 ? test[0]![0]! : undefined
  return only === undefined || only.kind === 'rule' || only.kind === 'numberless' ? 'some' : only.kind
}

const WIDER: Readonly<Record<string, readonly string[]>> = {
  own: ['own', 'team', 'team_tree'],
  team: ['team', 'team_tree'],
  team_tree: ['team_tree'],
}

/** Whether all parts of `wide` hold wherever all of `narrow` do. */
function isWithin(narrow: Conjunction, wide: Conjunction): boolean {
  return wide.every((asked) => narrow.some((part) => (WIDER[part.key] ?? [part.key]).includes(asked.key)))
}

function merged(left: Conjunction, right: Conjunction): Conjunction {
  return [...new Map([...left, ...right].map((part) => [part.key, part])).values()]
}

function keyOf(conjunction: Conjunction): string {
  return conjunction
    .map((part) => part.key)
    .sort()
    .join(' & ')
}
