import { checkRule } from '../../metadata/rules/check-rule.ts'
import type { TypedRule } from '../../metadata/rules/types.ts'
import type { ValidationDefinition } from '../../metadata/types.ts'
import { writeScope } from './actor-scope.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from './compiled.ts'
import { ruleScope, ruleScopeWithLists } from './sql/rule-scope.ts'
import { compileStageRules, type StageRules } from './stage-gates.ts'

/** When a field is asked for, required, or not to be changed; undefined where nothing is said. */
export interface FieldConditions {
  readonly visible: TypedRule | undefined
  readonly required: TypedRule | undefined
  readonly readOnly: TypedRule | undefined
}

export interface CompiledValidation {
  readonly definition: ValidationDefinition
  readonly when: TypedRule | undefined
  readonly must: TypedRule
}

/** What every write of an entity's records must meet, besides the shape of single values. */
export interface EntityRules extends StageRules {
  /** By field; only fields with a condition. */
  readonly conditions: ReadonlyMap<CompiledField, FieldConditions>
  readonly validations: readonly CompiledValidation[]
}

const compiled = new WeakMap<CompiledModel, Map<string, EntityRules>>()

/** The rules of an entity, compiled once per version. */
export function entityRules(model: CompiledModel, entity: CompiledEntity): EntityRules {
  let ofModel = compiled.get(model)
  if (ofModel === undefined) {
    ofModel = new Map()
    compiled.set(model, ofModel)
  }
  let rules = ofModel.get(entity.name)
  if (rules === undefined) {
    rules = compileRules(model, entity)
    ofModel.set(entity.name, rules)
  }
  return rules
}

/** Whether anything must be met at all. */
export function hasRules(rules: EntityRules): boolean {
  return (
    [rules.validations, rules.gates, rules.back, rules.choices].some((list) => list.length > 0) ||
    rules.conditions.size > 0
  )
}

function compileRules(model: CompiledModel, entity: CompiledEntity): EntityRules {
  const rule = (said: unknown) => (said === undefined ? undefined : compileCondition(model, entity, said))
  const conditions = new Map<CompiledField, FieldConditions>()
  for (const field of entity.fields.values()) {
    const { visibleWhen, requiredWhen, readOnlyWhen } = field.definition
    if (visibleWhen === undefined && requiredWhen === undefined && readOnlyWhen === undefined) continue
    conditions.set(field, {
      visible: rule(visibleWhen),
      required: rule(requiredWhen),
      readOnly: rule(readOnlyWhen),
    })
  }
  const validations = [...model.definitions.validation.values()]
    .filter((definition) => definition.entity === entity.name)
    .map((definition) => ({
      definition,
      when: rule(definition.when),
      must: compileCondition(model, entity, definition.must),
    }))
  return Object.freeze({ conditions, validations, ...compileStageRules(entity, rule) })
}

/** @throws Error for a rule that the check of definitions would not have let pass */
function compileCondition(model: CompiledModel, entity: CompiledEntity, rule: unknown): TypedRule {
  const people = model.entities.get('user')
  const actor = people === undefined ? undefined : ruleScope(model, people)
  const scope = writeScope(ruleScopeWithLists(model, entity), ruleScope(model, entity), actor)
  const { typed, problems } = checkRule(rule, scope, 'condition', { runner: 'write' })
  if (typed === undefined) throw new Error(`a rule on "${entity.name}" does not hold: ${problems[0]?.code}`)
  return typed
}
