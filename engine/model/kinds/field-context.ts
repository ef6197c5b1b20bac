import type { FieldContext, OptionItem } from '../../registry/field-type.ts'
import { pipelineOn } from './follow.ts'
import type { ModelContext } from './kind-spec.ts'

/** What a field type may look up in definitions that are not compiled yet. */
export function fieldContextOf({ definitions }: ModelContext, entity: string): FieldContext {
  return {
    entity,
    optionSet: (name) => definitions.option_set.get(name)?.options as readonly OptionItem[] | undefined,
    stages: (field) => pipelineOn(definitions, entity, field)?.stages,
    roles: () => [...definitions.role.values()],
    // A default does not depend on the currency; any will do until the workspace's own is known.
    currency: 'CNY',
  }
}
