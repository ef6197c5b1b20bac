import { checkRule } from '../../../metadata/rules/check-rule.ts'
import { describeRule } from '../../../metadata/rules/describe-rule.ts'
import type { TagRuleDefinition } from '../../../metadata/types.ts'
import { tagGroups } from '../../fields/parts/tag-groups.ts'
import { labelOf } from '../../forms/labels.ts'
import type { CompiledEntity, CompiledField } from '../../model/compiled.ts'
import { ruleNames } from '../../model/rule-names.ts'
import { tagRulesOf } from '../../model/tag-rules.ts'
import { engineScope, sightNames } from '../../records/rule-sight.ts'
import type { ModelView } from './model-view.ts'

/** The groups of a tags field and the tags that rules give, each with the reason; undefined where there is neither. */
export function presentTags(view: ModelView, entity: CompiledEntity, field: CompiledField) {
  if (field.type.name !== 'tags') return undefined
  const { language, model } = view
  const groups = tagGroups(field.definition)
  const rules = tagRulesOf(model.translated, entity.name).get(field.name) ?? []
  if (groups.length + rules.length === 0) return undefined
  return {
    groups: groups.map((group) => ({
      name: group.name,
      label: labelOf(group, language),
      pick: group.pick,
      by: group.by,
      options: group.options.map((option) => ({
        name: option.name,
        label: labelOf(option, language),
        color: option.color,
      })),
    })),
    rules: rules.map((rule) => ({
      tag: rule.tag,
      label: labelOf(rule, language),
      sentence: sentenceOf(view, entity, rule),
    })),
  }
}

/** When a rule holds, in words; undefined for who may not know all that it looks at. */
function sentenceOf(view: ModelView, entity: CompiledEntity, rule: TagRuleDefinition): string | undefined {
  const { typed } = checkRule(rule.when, engineScope(view, entity), 'condition')
  if (typed === undefined) return undefined
  return describeRule(typed, ruleNames(sightNames(view), entity.name, view.language), view.language)
}
