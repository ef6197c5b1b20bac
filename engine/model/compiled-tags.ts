import type { TypedRule } from '../../metadata/rules/types.ts'
import { tagGroups } from '../fields/parts/tag-groups.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from './compiled.ts'
import { compileStoredRule } from './stored-rule.ts'
import { tagRulesOf } from './tag-rules.ts'

/** A tag with the rule that gives it. */
export interface RuledTag {
  readonly tag: string
  /** The name of the tag rule. */
  readonly rule: string
  readonly when: TypedRule
}

/** Tags that rules give together. */
export interface RuledGroup {
  readonly pick: 'one' | 'many'
  /** What a record has to which no rule gives one. */
  readonly default: string | undefined
  /** In the order in which they are tried; what has no rule is missing. */
  readonly tags: readonly RuledTag[]
}

/** What rules do in one tags field. */
export interface RuledTags {
  /** Every tag that rules alone give and take: what of a value is not people's. */
  readonly owned: readonly string[]
  readonly groups: readonly RuledGroup[]
}

/** What rules do in a tags field; undefined where people alone keep it. */
export function compileRuledTags(
  model: CompiledModel,
  entity: CompiledEntity,
  field: CompiledField,
): RuledTags | undefined {
  if (field.type.name !== 'tags') return undefined
  const rules = tagRulesOf(model.definitions, entity.name).get(field.name) ?? []
  const groups = tagGroups(field.definition).filter(({ by }) => by === 'rule')
  if (rules.length + groups.length === 0) return undefined
  const compiled = rules.map(({ tag, name, group, when }) => ({
    tag,
    rule: name,
    group,
    when: compileStoredRule(model, entity, when, 'condition'),
  }))
  const ofGroups = groups.map(
    (group): RuledGroup => ({
      pick: group.pick,
      default: group.default,
      tags: group.options.flatMap(({ name }) =>
        compiled.filter((one) => one.group === group.name && one.tag === name),
      ),
    }),
  )
  const free = compiled.filter(({ group }) => group === undefined)
  const owned = [
    ...groups.flatMap(({ options }) => options.map(({ name }) => name)),
    ...free.map(({ tag }) => tag),
  ]
  return {
    owned: [...new Set(owned)],
    groups: free.length === 0 ? ofGroups : [...ofGroups, { pick: 'many', default: undefined, tags: free }],
  }
}

export function rulesOfTags({ groups }: RuledTags): readonly TypedRule[] {
  return groups.flatMap(({ tags }) => tags.map(({ when }) => when))
}
