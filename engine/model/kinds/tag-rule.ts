import schema from '../../../metadata/schema/tag_rule.schema.json' with { type: 'json' }
import { textIn } from '../../../metadata/text.ts'
import type { FieldDefinition, TagRuleDefinition } from '../../../metadata/types.ts'
import { type Language, type LocalText, type Problem, problem } from '../../errors.ts'
import { numberOf } from '../../fields/parts/config.ts'
import { hasAtMostGraphemes } from '../../fields/parts/keywords.ts'
import { DEFAULT_LENGTH, type TagGroup, tagGroups } from '../../fields/parts/tag-groups.ts'
import { asName } from '../pointer.ts'
import { fieldOfTagRule, tagRulesOf } from '../tag-rules.ts'
import { circleThrough, storedRuleProblems } from './computed-check.ts'
import { defineKind, type ModelContext, type Reference } from './kind-spec.ts'
import { ruleReferences } from './rule-mentions.ts'
import { bundleSchema } from './schema.ts'
import { entityCalled, sentenceOf } from './sentences.ts'

export const tagRuleKind = defineKind({
  kind: 'tag_rule',
  content: false,
  label: { en: 'tag rule', 'zh-CN': '标签规则' },
  schema: () => bundleSchema(schema),
  lists: [],
  references: tagRuleReferences,
  rules: ({ entity }) => [{ at: ['when'], entity: asName(entity) }],
  check: checkTagRule,
  sentence: (definition, context) =>
    sentenceOf(definition, (name, language) => {
      const entity = entityCalled(context, definition.entity, language)
      const tag = tagCalled(context, definition, language)
      return language === 'en'
        ? `Records of ${entity} have the tag “${tag}” while ${name} holds.`
        : `${name}成立期间，${entity}的记录带有标签“${tag}”。`
    }),
})

function tagRuleReferences(definition: TagRuleDefinition, context: ModelContext): readonly Reference[] {
  const { entity, field, when } = definition
  return [
    { path: '/entity', to: { kind: 'entity', name: entity } },
    ...(field === undefined
      ? []
      : [{ path: '/field', to: { kind: 'entity' as const, name: entity, item: field } }]),
    ...ruleReferences(context, entity, when, '/when'),
  ]
}

function tagCalled(context: ModelContext, rule: TagRuleDefinition, language: Language): string {
  const option = groupOf(context, rule)?.options.find(({ name }) => name === rule.tag)
  return textIn(option?.label, language, rule.tag)
}

function fieldOfRule(context: ModelContext, rule: TagRuleDefinition): FieldDefinition | undefined {
  const entity = context.definitions.entity.get(rule.entity)
  return entity === undefined ? undefined : fieldOfTagRule(entity, rule)
}

function groupOf(context: ModelContext, rule: TagRuleDefinition): TagGroup | undefined {
  const field = fieldOfRule(context, rule)
  return field === undefined ? undefined : tagGroups(field).find(({ name }) => name === rule.group)
}

function checkTagRule(rule: TagRuleDefinition, context: ModelContext): readonly Problem[] {
  const entity = context.definitions.entity.get(rule.entity)
  if (entity === undefined) return [] // the check of references has reported it
  const field = fieldOfTagRule(entity, rule)
  const problems = [...storedRuleProblems(context, rule.entity, rule.when, 'condition', '/when')]
  if (field === undefined) return [...problems, fieldMissing(entity.fields, rule)]
  problems.push(...tagProblems(context, rule, field))
  if (problems.length > 0) return problems
  const circle = circleThrough(
    context,
    `${rule.entity}.${field.name}`,
    ruleReferences(context, rule.entity, rule.when, ''),
  )
  return circle === undefined
    ? []
    : [problem('META_FORMULA_CIRCLE', '/when', { params: { way: circle.join(' → ') } })]
}

function fieldMissing(fields: readonly FieldDefinition[], rule: TagRuleDefinition): Problem {
  const tags = fields.filter(({ type }) => type === 'tags')
  const groups = tags.flatMap((field) => tagGroups(field).map(({ name }) => name))
  if (tags.length === 0) return invalid('/entity', NO_TAGS)
  if (rule.field !== undefined) return invalid('/field', listing(tags.map(({ name }) => name)))
  return rule.group === undefined
    ? invalid('/field', listing(tags.map(({ name }) => name)))
    : invalid('/group', listing(groups))
}

const NO_TAGS: LocalText = { en: 'it has no tags field', 'zh-CN': '该实体没有标签字段' }

function listing(names: readonly string[]): LocalText {
  return names.length === 0
    ? { en: 'there is none of that name', 'zh-CN': '没有此名称' }
    : { en: `one of: ${names.join(', ')}`, 'zh-CN': `可选：${names.join('、')}` }
}

function tagProblems(
  context: ModelContext,
  rule: TagRuleDefinition,
  field: FieldDefinition,
): readonly Problem[] {
  const again = (tagRulesOf(context.definitions, rule.entity).get(field.name) ?? []).find(
    (other) => other.tag === rule.tag && other.name < rule.name,
  )
  const twice = again === undefined ? [] : [invalid('/tag', givenTwice(again.name))]
  if (rule.group === undefined) return [...twice, ...freeProblems(rule, field)]
  const group = tagGroups(field).find(({ name }) => name === rule.group)
  if (group === undefined)
    return [...twice, invalid('/group', listing(tagGroups(field).map((one) => one.name)))]
  if (group.by !== 'rule') return [...twice, invalid('/group', KEPT_BY_PEOPLE)]
  const names = group.options.map(({ name }) => name)
  return names.includes(rule.tag) ? twice : [...twice, invalid('/tag', listing(names))]
}

const KEPT_BY_PEOPLE: LocalText = {
  en: 'people keep this group; write "by": "rule" at the group',
  'zh-CN': '该分组由人员维护；请在分组上写明 "by": "rule"',
}

function givenTwice(other: string): LocalText {
  return {
    en: `“${other}” gives this tag already; join the two conditions with "or"`,
    'zh-CN': `“${other}”已给出该标签，请用 "or" 合并条件`,
  }
}

/** A free tag is none that a group has, and as short as any. */
function freeProblems(rule: TagRuleDefinition, field: FieldDefinition): readonly Problem[] {
  const group = tagGroups(field).find(({ options }) => options.some(({ name }) => name === rule.tag))
  const longest = numberOf(field, 'maxLength', DEFAULT_LENGTH)
  return [
    ...(group === undefined ? [] : [invalid('/tag', ofGroup(group.name))]),
    ...(hasAtMostGraphemes(rule.tag, longest)
      ? []
      : [problem('FIELD_TAG_TOO_LONG', '/tag', { params: { limit: longest } })]),
  ]
}

function ofGroup(name: string): LocalText {
  return {
    en: `the tag belongs to the group “${name}”; name it as "group"`,
    'zh-CN': `该标签属于分组“${name}”，请写在 group 中`,
  }
}

function invalid(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}
