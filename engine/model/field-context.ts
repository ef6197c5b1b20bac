import type { FieldDefinition } from '../../metadata/types.ts'
import type { FieldContext, OptionItem } from '../registry/field-type.ts'
import type { DefinitionSet, WorkspaceSettings } from './compiled.ts'
import { tagRulesOf } from './tag-rules.ts'

/** What field types may look up in other definitions of the set. */
export function fieldContextOf(source: {
  readonly definitions: DefinitionSet
  readonly settings: Pick<WorkspaceSettings, 'currency'>
}): (entity: string) => FieldContext {
  const { definitions } = source
  const pipelineOf = (entity: string, field: string) =>
    [...definitions.pipeline.values()].find(
      (pipeline) => pipeline.entity === entity && pipeline.field === field,
    )
  return (entity) => ({
    entity,
    optionSet: (name) => definitions.option_set.get(name)?.options as readonly OptionItem[] | undefined,
    stages: (field) => pipelineOf(entity, field)?.stages,
    ruledTags: (field) => (tagRulesOf(definitions, entity).get(field) ?? []).map(({ tag }) => tag),
    roles: () => [...definitions.role.values()],
    currency: source.settings.currency,
  })
}

/** The closed list of values of a select, multi-select or stage field. */
export function optionsOf(field: FieldDefinition, context: FieldContext): readonly OptionItem[] | undefined {
  if (field.type === 'stage') return context.stages(field.name) ?? []
  if (Array.isArray(field.options)) return field.options as OptionItem[]
  if (typeof field.optionSet === 'string') return context.optionSet(field.optionSet) ?? []
  if (field.optionsOf === 'role') return context.roles()
  return undefined
}
