import type { EntityDefinition, FieldDefinition } from '../../../metadata/types.ts'
import type { Registry } from '../../registry/registry.ts'
import type { DefinitionSet } from '../compiled.ts'
import { differingEntities } from '../keep-objects.ts'
import { convertibility } from './convertible.ts'

/** A field whose values become those of another type. */
export interface ConvertedField {
  readonly id: string
  readonly entityId: string
  readonly from: FieldDefinition
  readonly to: FieldDefinition
}

/** The fields that a candidate keeps under another type than before and whose values must be written anew. */
export function findConverted(
  before: DefinitionSet,
  after: DefinitionSet,
  registry: Registry,
): readonly ConvertedField[] {
  const known = new Map(differingEntities(before, after).flatMap((entity) => fieldsById(entity)))
  return differingEntities(after, before).flatMap((entity) =>
    entity.fields.flatMap((to): readonly ConvertedField[] => {
      const old = known.get(to.id ?? '')
      if (old === undefined || entity.id === undefined || to.id === undefined) return []
      if (old.field.type === to.type) return []
      const how = convertibility(
        { model: { definitions: before, registry }, entity: old.entity, definition: old.field },
        { model: { definitions: after, registry }, entity: entity.name, definition: to },
      )
      if (how !== 'safe' && how !== 'lossy') return []
      return [{ id: to.id, entityId: entity.id, from: old.field, to }]
    }),
  )
}

function fieldsById({ name, fields }: EntityDefinition) {
  return fields.flatMap((field) =>
    field.id === undefined ? [] : [[field.id, { entity: name, field }] as const],
  )
}
