import { checkRule } from '../../metadata/rules/check-rule.ts'
import type { FieldRules, RecordRules } from '../../metadata/rules/record-rules.ts'
import type { RuleScope, TypedRule } from '../../metadata/rules/types.ts'
import type { WebformDefinition } from '../../metadata/types.ts'
import type { Actor } from '../access/actor.ts'
import { webformRoleName } from '../access/webform-role.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import { ruleScope } from '../model/sql/rule-scope.ts'
import { webformScope } from '../model/webform-fields.ts'

type FormField = WebformDefinition['fields'][number]

/** A field that a form asks for. */
export interface AskedField {
  readonly said: FormField
  readonly field: CompiledField
  /** Whether it is asked for wherever it is shown. */
  readonly isRequired: boolean
}

/** A web form of one version of the model. */
export interface Webform {
  readonly definition: WebformDefinition
  readonly entity: CompiledEntity
  readonly asked: readonly AskedField[]
  /** When fields are shown and required: what the form says together with what the entity says by the form's fields. */
  readonly rules: RecordRules
}

const compiled = new WeakMap<CompiledModel, Map<string, Webform | undefined>>()

/** The form of that name, compiled once per version. */
export function webformOf(model: CompiledModel, name: string): Webform | undefined {
  const definition = model.translated.webform.get(name)
  if (definition === undefined) return undefined
  const ofModel = compiled.get(model) ?? new Map<string, Webform | undefined>()
  compiled.set(model, ofModel)
  if (!ofModel.has(name)) ofModel.set(name, compileWebform(model, definition))
  return ofModel.get(name)
}

/** A form in force or in the making. @returns undefined where its entity is not there */
export function compileWebform(model: CompiledModel, definition: WebformDefinition): Webform | undefined {
  const entity = model.entities.get(definition.entity)
  if (entity === undefined) return undefined
  const asked = definition.fields.flatMap((said): readonly AskedField[] => {
    const field = entity.fields.get(said.field)
    if (field === undefined) return []
    const isOwnMust = field.required && field.definition.visibleWhen === undefined
    return [{ said, field, isRequired: said.required === true || isOwnMust }]
  })
  return Object.freeze({ definition, entity, asked, rules: rulesOf(model, entity, asked) })
}

function rulesOf(model: CompiledModel, entity: CompiledEntity, asked: readonly AskedField[]): RecordRules {
  const names = new Set(asked.map(({ field }) => field.name))
  const scope = webformScope(ruleScope(model, entity), names)
  const fields = asked.flatMap(({ said, field }): readonly FieldRules[] => {
    const own = field.definition
    const visible = joined(scope, 'and', [own.visibleWhen, said.visibleWhen])
    const mayBeDue = field.required && own.visibleWhen !== undefined ? true : undefined
    const required = joined(scope, 'or', [own.requiredWhen, said.requiredWhen, mayBeDue])
    if (visible === undefined && required === undefined) return []
    return [{ field: field.name, visible, required }]
  })
  return { fields, sections: [], validations: [] }
}

/** Those of the rules that look at the form's own fields alone; the rest is the server's matter when it stores. */
function joined(scope: RuleScope, how: 'and' | 'or', rules: readonly unknown[]): TypedRule | undefined {
  const sound = rules.filter(
    (rule) =>
      rule !== undefined && checkRule(rule, scope, 'condition', { runner: 'write' }).typed !== undefined,
  )
  if (sound.length === 0) return undefined
  const rule = sound.length === 1 ? sound[0] : { [how]: sound }
  return checkRule(rule, scope, 'condition', { runner: 'write' }).typed
}

/** Who writes what a form takes in. */
export function webformActor(model: CompiledModel, { definition }: Webform): Actor {
  const role = webformRoleName(definition.name)
  return {
    ...{ kind: 'webform', id: undefined, name: definition.name, roles: [role], roleKey: role },
    language: model.settings.language,
  }
}
