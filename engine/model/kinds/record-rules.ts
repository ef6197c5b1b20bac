import { checkRule } from '../../../metadata/rules/check-rule.ts'
import type { FieldDefinition } from '../../../metadata/types.ts'
import type { Problem } from '../../errors.ts'
import { parseOver } from '../over.ts'
import { asName, own } from '../pointer.ts'
import type { ModelContext, Reference, RulePlace } from './kind-spec.ts'
import { ruleReferences } from './rule-mentions.ts'
import { recordScope } from './rule-scope.ts'

/**
 * The faults of a condition that a write of an entity's records must meet; it sees their relatives, the stored state and
 * the actor. Nothing where no rule is said.
 */
export function recordRuleProblems(
  context: ModelContext,
  entity: string,
  rule: unknown,
  at: string,
): readonly Problem[] {
  if (rule === undefined || !context.definitions.entity.has(entity)) return []
  const { problems } = checkRule(rule, recordScope(context, entity), 'condition', { runner: 'write' })
  return problems.map((fault) => ({ ...fault, path: at + fault.path }))
}

/** The conditions that any field may have. */
const CONDITIONS = ['visibleWhen', 'requiredWhen', 'readOnlyWhen'] as const

/** The faults of a field's conditions. @param at of the field */
export function conditionProblems(
  context: ModelContext,
  entity: string,
  field: FieldDefinition,
  at: string,
): readonly Problem[] {
  return CONDITIONS.flatMap((key) => recordRuleProblems(context, entity, field[key], `${at}/${key}`))
}

/** What a field's conditions mention. @param at of the field */
export function conditionReferences(
  context: ModelContext,
  entity: string,
  field: FieldDefinition,
  at: string,
): readonly Reference[] {
  return CONDITIONS.flatMap((key) => ruleReferences(context, entity, field[key], `${at}/${key}`))
}

/** Where the fields of an entity hold rules: conditions, the value of a formula, the filter of a roll-up. */
export function fieldRulePlaces(definition: unknown): readonly RulePlace[] {
  const entity = asName(own(definition, 'name'))
  const fields = own(definition, 'fields')
  if (!Array.isArray(fields)) return []
  return fields.flatMap((field: unknown, index): readonly RulePlace[] => {
    const at = (key: string) => ({ at: ['fields', String(index), key], entity })
    const over = own(field, 'over')
    const type = own(field, 'type')
    return [
      ...CONDITIONS.map(at),
      ...(type === 'formula' ? [at('value')] : []),
      ...(type === 'roll_up' && typeof over === 'string'
        ? [{ ...at('filter'), relation: parseOver(over).relation }]
        : []),
    ]
  })
}
