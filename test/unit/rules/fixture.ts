import { checkRule } from '../../../metadata/rules/check-rule.ts'
import type { RuleScope, ScopeEntry, TypedRule } from '../../../metadata/rules/types.ts'

/** The names that the rules of these tests may use. */
export const ENTRIES: ReadonlyMap<string, ScopeEntry> = new Map<string, ScopeEntry>([
  ['status', { type: 'text', options: ['open', 'won', 'lost'] }],
  ['name', { type: 'text' }],
  ['note', { type: 'text' }],
  ['amount', { type: 'number' }],
  ['discount', { type: 'number' }],
  ['seats', { type: 'number' }],
  ['active', { type: 'boolean' }],
  ['due', { type: 'date' }],
  ['created_at', { type: 'datetime' }],
  ['opens', { type: 'time' }],
  ['term', { type: 'duration' }],
  ['owner', { type: 'id' }],
  ['account', { type: 'id' }],
  ['account.region', { type: 'text' }],
  ['account.owner', { type: 'id' }],
  ['account.owner.name', { type: 'text' }],
  ['tags', { type: 'texts' }],
  ['levels', { type: 'texts', options: ['a', 'b'] }],
  ['partners', { type: 'ids' }],
])

export const scope: RuleScope = {
  resolve: (path) => ENTRIES.get(path),
  names(under) {
    const prefix = under === undefined ? '' : `${under}.`
    const below = [...ENTRIES.keys()]
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length))
    return below.filter((name) => !name.includes('.'))
  },
}

export function field(path: string): { readonly var: string } {
  return { var: path }
}

/** The typed form of a condition that must be right. */
export function typedCondition(rule: unknown): TypedRule {
  const { typed, problems } = checkRule(rule, scope, 'condition')
  if (typed === undefined) throw new Error(`${JSON.stringify(rule)}: ${JSON.stringify(problems)}`)
  return typed
}

export const ID = '0190a000-0000-7000-8000-000000000001'
export const OTHER_ID = '0190a000-0000-7000-8000-000000000002'
