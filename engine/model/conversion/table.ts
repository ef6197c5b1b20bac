import type { FieldDefinition } from '../../../metadata/types.ts'
import type { FieldType } from '../../registry/field-type.ts'
import type { Registry } from '../../registry/registry.ts'
import { toDefinitionSet } from '../definition-set.ts'
import type { ModelContext } from '../kinds/kind-spec.ts'
import { type Convertibility, convertibility } from './convertible.ts'

/** To which types the values of each type can be carried over; what is not named is refused. */
export type ConversionTable = ReadonlyMap<string, ReadonlyMap<string, Exclude<Convertibility, 'refused'>>>

/** What a change of type means for fields as the examples of their types configure them. */
export function conversionTable(registry: Registry): ConversionTable {
  const model: ModelContext = { definitions: toDefinitionSet([]), registry }
  const side = (type: FieldType) => ({ model, entity: '', definition: sampleOf(type) })
  const types = registry.fieldTypes()
  return new Map(
    types.map((from) => {
      const found = types.flatMap((to): [string, 'safe' | 'lossy'][] => {
        if (from.name === to.name) return []
        const how = convertibility(side(from), side(to))
        return how === 'safe' || how === 'lossy' ? [[to.name, how]] : []
      })
      return [from.name, new Map(found)]
    }),
  )
}

function sampleOf(type: FieldType): FieldDefinition {
  return { name: 'field', type: type.name, ...type.examples[0]!.config } as FieldDefinition
}
