import type { EntityDefinition, FieldDefinition, TagRuleDefinition } from '../../metadata/types.ts'
import { tagGroups } from '../fields/parts/tag-groups.ts'
import type { DefinitionSet } from './compiled.ts'

/** The tags field of which a tag rule speaks; undefined where there is none, or several and none is said. */
export function fieldOfTagRule(
  entity: EntityDefinition,
  rule: Pick<TagRuleDefinition, 'field' | 'group'>,
): FieldDefinition | undefined {
  const fields = entity.fields.filter((field) => field.type === 'tags')
  if (rule.field !== undefined) return fields.find(({ name }) => name === rule.field)
  const fitting =
    rule.group === undefined
      ? fields
      : fields.filter((field) => tagGroups(field).some(({ name }) => name === rule.group))
  return fitting.length === 1 ? fitting[0] : undefined
}

type ByField = ReadonlyMap<string, readonly TagRuleDefinition[]>
const found = new WeakMap<DefinitionSet, Map<string, ByField>>()
const NONE: ByField = new Map()

/** The tag rules of an entity, by the name of their field, in the order of their names. */
export function tagRulesOf(definitions: DefinitionSet, entity: string): ByField {
  if (definitions.tag_rule.size === 0) return NONE
  let ofSet = found.get(definitions)
  if (ofSet === undefined) {
    ofSet = new Map()
    found.set(definitions, ofSet)
  }
  let byField = ofSet.get(entity)
  if (byField === undefined) {
    byField = groupByField(definitions, entity)
    ofSet.set(entity, byField)
  }
  return byField
}

function groupByField(definitions: DefinitionSet, name: string): ByField {
  const entity = definitions.entity.get(name)
  if (entity === undefined) return NONE
  const byField = new Map<string, TagRuleDefinition[]>()
  const rules = [...definitions.tag_rule.values()].filter((rule) => rule.entity === name)
  for (const rule of rules.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const field = fieldOfTagRule(entity, rule)
    if (field !== undefined) byField.set(field.name, [...(byField.get(field.name) ?? []), rule])
  }
  return byField
}
