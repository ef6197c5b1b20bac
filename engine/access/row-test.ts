import type { TypedRule } from '../../metadata/rules/types.ts'

/** One thing that is asked of a row. Two parts are the same when their keys are. */
export type Part =
  | { readonly kind: 'own' | 'team' | 'team_tree'; readonly key: string }
  | { readonly kind: 'rule'; readonly key: string; readonly typed: TypedRule }
  /** A text of the row holds no phone number. */
  | { readonly kind: 'numberless'; readonly key: string; readonly column: string }
  | GivenPart
  | AmongPart
  | ThroughPart
  | PooledPart
  /** No approval holds the row: none that locks it, or none that runs at all. */
  | { readonly kind: 'free'; readonly key: string; readonly from: 'locked' | 'running' }
  | TurnPart

/** It is the actor's turn in an approval of the row, at a level that lets them change a field. */
export interface TurnPart {
  readonly kind: 'turn'
  readonly key: string
  /** The field's id; undefined: any. */
  readonly field: string | undefined
}

export type ShareAccess = 'read' | 'edit'

/** Somebody has shared the record by hand with the actor, one of their teams or one of their roles. */
export interface GivenPart {
  readonly kind: 'given'
  readonly key: string
  readonly access: ShareAccess
  /** The ids of the actor's roles. */
  readonly roles: readonly string[]
}

/** The actor is one of these users or in one of these teams: the same for every row. */
export interface AmongPart {
  readonly kind: 'among'
  readonly key: string
  /** E-mail addresses. */
  readonly users: readonly string[]
  /** Names. */
  readonly teams: readonly string[]
}

/** The record that a lookup of the row leads to passes a test of its own entity. */
export interface ThroughPart {
  readonly kind: 'through'
  readonly key: string
  readonly field: string
  readonly access: ShareAccess
  /** The entities that the lookup may lead to, and what is asked there. */
  readonly parents: readonly { readonly entity: string; readonly test: RowTest }[]
}

/** The record lies in one of these pools, or in none of them. */
export interface PooledPart {
  readonly kind: 'pooled' | 'unpooled'
  readonly key: string
  /** Ids. */
  readonly pools: readonly string[]
}

/** Parts that must all hold. */
export type Conjunction = readonly Part[]

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

/** @param roles the ids of the actor's roles */
export function givenTest(access: ShareAccess, roles: readonly string[]): RowTest {
  return [[{ kind: 'given', key: `given ${access}`, access, roles }]]
}

export function amongTest(users: readonly string[], teams: readonly string[]): RowTest {
  if (users.length === 0 && teams.length === 0) return 'none'
  return [[{ kind: 'among', key: `among ${JSON.stringify([users, teams])}`, users, teams }]]
}

/** @param pools their ids */
export function pooledTest(kind: PooledPart['kind'], pools: readonly string[]): RowTest {
  if (pools.length === 0) return kind === 'pooled' ? 'none' : 'all'
  const sorted = [...pools].sort()
  return [[{ kind, key: `${kind} ${sorted.join(' ')}`, pools: sorted }]]
}

/** @param parents what is asked of the parent; of one set of roles the same for a field and an access */
export function throughTest(
  field: string,
  access: ShareAccess,
  parents: readonly { readonly entity: string; readonly test: RowTest }[],
): RowTest {
  const open = parents.filter(({ test }) => test !== 'none')
  if (open.length === 0) return 'none'
  return [[{ kind: 'through', key: `through ${field} ${access}`, field, access, parents: open }]]
}

/** @param from what would hold the row: a lock, or any approval that runs */
export function freeTest(from: 'locked' | 'running'): RowTest {
  return [[{ kind: 'free', key: `free ${from}`, from }]]
}

/** @param field its id; undefined: any that some level lets its people change */
export function turnTest(field?: string): RowTest {
  return [[{ kind: 'turn', key: `turn ${field ?? ''}`, field }]]
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

/** With more ways than this a test is better asked of each row than split. */
const MAX_WAYS = 12

/**
 * The ways in which a row may pass a test, each a chain of conditions that can be joined and searched by an index: what
 * a parent is asked is split too. A row may pass by several of them.
 */
export function waysOf(test: readonly Conjunction[]): readonly Conjunction[] {
  const ways = test.flatMap((one) =>
    one.reduce<readonly Conjunction[]>(
      (before, part) => before.flatMap((parts) => waysOfPart(part).map((way) => [...parts, way])),
      [[]],
    ),
  )
  return ways.length > MAX_WAYS ? test : ways
}

function waysOfPart(part: Part): readonly Part[] {
  if (part.kind !== 'through') return [part]
  return part.parents.flatMap(({ entity, test }) => {
    const ways: readonly RowTest[] = typeof test === 'string' ? [test] : waysOf(test).map((way) => [way])
    return ways.map((way) => ({ ...part, parents: [{ entity, test: way }] }))
  })
}

/** Whether every row that passes `inner` passes `outer` as far as their form tells; false where that is not sure. */
export function isCovered(inner: RowTest, outer: RowTest): boolean {
  if (outer === 'all' || inner === 'none') return true
  if (inner === 'all' || outer === 'none') return false
  return inner.every((one) => outer.some((other) => isWithin(one, other)))
}

/** How a right is named for people and clients: a scope's name, or `some` where there is no name for it. */
export type ScopeName = 'none' | 'own' | 'team' | 'team_tree' | 'all' | 'some'

export function scopeName(test: RowTest): ScopeName {
  if (typeof test === 'string') return test
  // What an approval holds for a while takes nothing from the right.
  const lasting = test.map((parts) => parts.filter(({ kind }) => kind !== 'free'))
  if (lasting.some((parts) => parts.length === 0)) return 'all'
  const only = lasting.length === 1 && lasting[0]!.length === 1 ? lasting[0]![0]! : undefined
  switch (only?.kind) {
    case 'own':
    case 'team':
    case 'team_tree':
      return only.kind
    default:
      return 'some'
  }
}

/** The keys of the parts that hold wherever this one does. */
function widerKeys(part: Part): readonly string[] {
  switch (part.kind) {
    case 'own':
      return ['own', 'team', 'team_tree']
    case 'team':
      return ['team', 'team_tree']
    case 'given':
      return [part.key, 'given read']
    case 'through':
      return [part.key, `through ${part.field} read`]
    case 'free':
      return [part.key, 'free locked']
    case 'turn':
      return [part.key, 'turn ']
    default:
      return [part.key]
  }
}

/** Whether all parts of `wide` hold wherever all of `narrow` do. */
function isWithin(narrow: Conjunction, wide: Conjunction): boolean {
  return wide.every((asked) => narrow.some((part) => widerKeys(part).includes(asked.key)))
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
