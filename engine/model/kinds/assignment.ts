import schema from '../../../metadata/schema/assignment.schema.json' with { type: 'json' }
import { textIn } from '../../../metadata/text.ts'
import type { AssignmentDefinition, AssignmentTable } from '../../../metadata/types.ts'
import { own, pointer } from '../pointer.ts'
import { checkAssignment } from './assignment-check.ts'
import { isPool, isTable } from './assignment-place.ts'
import { fieldOf } from './follow.ts'
import { defineKind, type ModelContext, type Reference, type RulePlace } from './kind-spec.ts'
import { peopleReferences, peopleText } from './people.ts'
import { placedRuleReferences, ruleReferences } from './rule-mentions.ts'
import { bundleSchema } from './schema.ts'
import { entityCalled, sentenceOf } from './sentences.ts'

const SHOWN_RULES = 4

export const assignmentKind = defineKind({
  kind: 'assignment',
  content: false,
  label: { en: 'assignment', 'zh-CN': '分配规则' },
  schema: () => bundleSchema(schema),
  lists: [{ at: ['rules'], noun: 'rule' }],
  rules: rulePlaces,
  references: assignmentReferences,
  check: checkAssignment,
  sentence: (definition, context) =>
    sentenceOf(definition, (name, language) => {
      const isEnglish = language === 'en'
      const entity = entityCalled(context, definition.entity, language)
      const rules = definition.rules.slice(0, SHOWN_RULES).map(({ to, label, name: rule }) => {
        const who = isTable(to)
          ? entityCalled(context, to.table, language)
          : peopleText(context, definition.entity, to, language)
        const called = textIn(label, language, rule)
        return isEnglish ? `${called} to ${who}` : `${called}→${who}`
      })
      const more = definition.rules.length - rules.length
      if (isEnglish)
        return `${name} gives records of ${entity} an owner: ${rules.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`
      return `${name}：为${entity}的记录指定负责人，${rules.join('；')}${more > 0 ? `；等 ${definition.rules.length} 条规则` : ''}。`
    }),
})

function assignmentReferences(definition: AssignmentDefinition, context: ModelContext): readonly Reference[] {
  const { entity, fields = [], rules, otherwise, accept } = definition
  const place = { context, here: entity, root: entity }
  const candidates = { ...place, named: new Map([['candidate', 'user']]) }
  return [
    { path: '/entity', to: { kind: 'entity', name: entity } },
    ...fields.flatMap((name, index) => fieldReference(context, entity, name, pointer('fields', index))),
    ...rules.flatMap((rule, index): readonly Reference[] => {
      const at = pointer('rules', index)
      return [
        ...ruleReferences(context, entity, rule.when, `${at}/when`),
        ...placedRuleReferences(candidates, rule.candidates, `${at}/candidates`),
        ...placedRuleReferences(candidates, rule.weight, `${at}/weight`),
        ...(rule.calendar === undefined
          ? []
          : [{ path: `${at}/calendar`, to: { kind: 'calendar' as const, name: rule.calendar } }]),
        ...(isTable(rule.to)
          ? [
              { path: `${at}/to/table`, to: { kind: 'entity' as const, name: rule.to.table } },
              ...fieldReference(context, rule.to.table, rule.to.take, `${at}/to/take`),
              ...matchReferences(context, entity, rule.to, `${at}/to/match`),
            ]
          : peopleReferences(place, rule.to, `${at}/to`)),
      ]
    }),
    ...(accept?.calendar === undefined
      ? []
      : [{ path: '/accept/calendar', to: { kind: 'calendar' as const, name: accept.calendar } }]),
    ...(otherwise === undefined ? [] : otherwiseReferences(place, otherwise)),
  ]
}

function otherwiseReferences(
  place: Parameters<typeof peopleReferences>[0],
  otherwise: NonNullable<AssignmentDefinition['otherwise']>,
): readonly Reference[] {
  if (!isPool(otherwise)) return peopleReferences(place, otherwise, '/otherwise')
  return [{ path: '/otherwise/pool', to: { kind: 'pool', name: otherwise.pool } }]
}

/** What row and record share: a field of both, which one alone cannot call otherwise. */
function matchReferences(
  context: ModelContext,
  entity: string,
  { table, match }: AssignmentTable,
  at: string,
): readonly Reference[] {
  return match.flatMap((name, index) =>
    [entity, table].flatMap((one) =>
      fieldReference(context, one, name, at + pointer(index)).map((reference) => ({
        ...reference,
        byOtherName: true as const,
        inRule: true as const,
      })),
    ),
  )
}

/** System fields are nobody's definition. */
function fieldReference(
  context: ModelContext,
  entity: string,
  name: string,
  path: string,
): readonly Reference[] {
  if (fieldOf(context, entity, name)?.system === true) return []
  return [{ path, to: { kind: 'entity', name: entity, item: name } }]
}

function rulePlaces(definition: unknown): readonly RulePlace[] {
  const [entity, rules] = [own(definition, 'entity'), own(definition, 'rules')]
  if (typeof entity !== 'string' || !Array.isArray(rules)) return []
  return rules.flatMap((_, index) =>
    ['when', 'candidates', 'weight'].map((key) => ({ at: ['rules', String(index), key], entity })),
  )
}
