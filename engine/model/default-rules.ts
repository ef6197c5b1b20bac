import { checkRule } from '../../metadata/rules/check-rule.ts'
import type { FieldRules } from '../../metadata/rules/record-rules.ts'
import type { TypedRule } from '../../metadata/rules/types.ts'
import { roleScope } from './actor-scope.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from './compiled.ts'
import { computedOf } from './computed.ts'
import { entityRules } from './entity-rules.ts'
import { beginningOf } from './pipelines.ts'
import { ruleScope } from './sql/rule-scope.ts'

const compiled = new WeakMap<CompiledModel, Map<string, readonly FieldRules[]>>()

/**
 * What rules say of the fields of an entity's records, field by field: conditions, what a new one begins with, formulas.
 * Compiled once per version.
 */
export function fieldRules(model: CompiledModel, entity: CompiledEntity): readonly FieldRules[] {
  let ofModel = compiled.get(model)
  if (ofModel === undefined) {
    ofModel = new Map()
    compiled.set(model, ofModel)
  }
  let rules = ofModel.get(entity.name)
  if (rules === undefined) {
    rules = Object.freeze(compileFieldRules(model, entity))
    ofModel.set(entity.name, rules)
  }
  return rules
}

function compileFieldRules(model: CompiledModel, entity: CompiledEntity): FieldRules[] {
  const { conditions } = entityRules(model, entity)
  const formulas = new Map(
    computedOf(model, entity).formulas.flatMap((one) =>
      one.tags === undefined ? [[one.field, one.rule] as const] : [],
    ),
  )
  return [...entity.fields.values()].flatMap((field): readonly FieldRules[] => {
    const said = conditions.get(field)
    const formula = formulas.get(field)
    const rule = defaultOf(model, entity, field)
    const begins = field.defaultValue ?? firstStage(entity, field)
    if (said === undefined && formula === undefined && rule === undefined && begins === undefined) return []
    return [
      {
        field: field.name,
        ...said,
        ...(rule === undefined ? { begins } : { default: rule }),
        ...(formula === undefined ? {} : { formula, decimals: decimalsOf(model, entity, field) }),
      },
    ]
  })
}

/** @throws Error for a rule that the check of definitions would not have let pass */
function defaultOf(
  model: CompiledModel,
  entity: CompiledEntity,
  field: CompiledField,
): TypedRule | undefined {
  const stages = entity.pipelines.get(field.name)
  const said =
    field.defaultRule ??
    (field.defaultValue === undefined && stages !== undefined ? beginningOf(stages) : undefined)
  if (said === undefined) return undefined
  const people = model.entities.get('user')
  const scope = roleScope(ruleScope(model, entity), people && ruleScope(model, people))
  const expected = field.ruleType === 'boolean' ? 'condition' : (field.ruleType ?? 'text')
  const { typed, problems } = checkRule(said, scope, expected)
  if (typed === undefined) {
    throw new Error(`the default of "${entity.name}.${field.name}" does not hold: ${problems[0]?.code}`)
  }
  return typed
}

/** Where records begin; of several pipelines a rule says it. */
function firstStage(entity: CompiledEntity, field: CompiledField): string | undefined {
  const stages = entity.pipelines.get(field.name)
  return stages === undefined || beginningOf(stages) !== undefined ? undefined : stages.stages[0]?.name
}

function decimalsOf(model: CompiledModel, entity: CompiledEntity, field: CompiledField): number {
  const schema = field.type.valueSchema(field.definition, model.fieldContext(entity.name))
  return typeof schema['x-decimals'] === 'number' ? schema['x-decimals'] : 0
}

const late = new WeakMap<CompiledModel, Map<string, ReadonlySet<string>>>()

/**
 * The fields of new records whose beginning can only be told once the other values are known: a rule gives it, or the
 * field may be hidden or locked, and then begins empty.
 */
export function lateBeginnings(model: CompiledModel, entity: CompiledEntity): ReadonlySet<string> {
  const ofModel = late.get(model) ?? new Map<string, ReadonlySet<string>>()
  late.set(model, ofModel)
  let names = ofModel.get(entity.name)
  if (names === undefined) {
    const isLate = (said: FieldRules) =>
      said.default !== undefined ||
      ((said.visible ?? said.readOnly) !== undefined && said.begins !== undefined)
    names = new Set(
      fieldRules(model, entity)
        .filter(isLate)
        .map(({ field }) => field),
    )
    ofModel.set(entity.name, names)
  }
  return names
}
