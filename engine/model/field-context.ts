import type { FieldContext, OptionItem } from '../registry/field-type.ts'
import type { DefinitionSet, WorkspaceSettings } from './compiled.ts'
import { pipelineOn } from './pipelines.ts'
import { tagRulesOf } from './tag-rules.ts'

/** What field types may look up in other definitions of the set. */
export function fieldContextOf(source: {
  readonly definitions: DefinitionSet
  readonly settings: Pick<WorkspaceSettings, 'currency'>
}): (entity: string) => FieldContext {
  const { definitions } = source
  return (entity) => ({
    entity,
    field: (name) => definitions.entity.get(entity)?.fields.find((field) => field.name === name),
    fieldsOf: (name) => definitions.entity.get(name)?.fields,
    optionSet: (name) => definitions.option_set.get(name)?.options as readonly OptionItem[] | undefined,
    stages: (field) => pipelineOn(definitions, entity, field)?.stages,
    ruledTags: (field) => (tagRulesOf(definitions, entity).get(field) ?? []).map(({ tag }) => tag),
    roles: () => [...definitions.role.values()],
    currency: source.settings.currency,
  })
}
