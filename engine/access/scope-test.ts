import { checkRule } from '../../metadata/rules/check-rule.ts'
import type { Scope } from '../../metadata/types.ts'
import { roleScope } from '../model/actor-scope.ts'
import type { CompiledEntity, CompiledModel } from '../model/compiled.ts'
import { ruleScope } from '../model/sql/rule-scope.ts'
import { OWN, type RowTest, ruleTest, TEAM, TEAM_TREE } from './row-test.ts'

/**
 * A scope as a test of the rows of an entity.
 * @throws Error for a rule that the check of definitions would not have let pass
 */
export function scopeTest(model: CompiledModel, entity: CompiledEntity, scope: Scope | undefined): RowTest {
  if (scope === undefined || scope === 'none') return 'none'
  if (scope === 'all') return 'all'
  if (scope === 'own') return OWN
  if (scope === 'team') return TEAM
  if (scope === 'team_tree') return TEAM_TREE
  const people = model.entities.get('user')
  const actor = people === undefined ? undefined : ruleScope(model, people)
  const { typed, problems } = checkRule(scope, roleScope(ruleScope(model, entity), actor), 'condition')
  if (typed === undefined) throw new Error(`a rule on "${entity.name}" does not hold: ${problems[0]?.code}`)
  return ruleTest(typed)
}
