import { checkRule } from '../../metadata/rules/check-rule.ts'
import type { RuleExpectation, TypedRule } from '../../metadata/rules/types.ts'
import type { CompiledEntity, CompiledModel } from './compiled.ts'
import { ruleScope } from './sql/rule-scope.ts'

/**
 * A rule whose value is stored with the record, over the record and its relatives.
 * @throws Error for a rule that the check of definitions would not have let pass
 */
export function compileStoredRule(
  model: CompiledModel,
  entity: CompiledEntity,
  rule: unknown,
  as: RuleExpectation,
): TypedRule {
  const { typed, problems } = checkRule(rule, ruleScope(model, entity), as)
  if (typed === undefined) throw new Error(`a rule on "${entity.name}" does not hold: ${problems[0]?.code}`)
  return typed
}
