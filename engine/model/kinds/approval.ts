import { checkRule } from '../../../metadata/rules/check-rule.ts'
import { parseDuration } from '../../../metadata/rules/durations.ts'
import { durationWords } from '../../../metadata/rules/sentence-words.ts'
import schema from '../../../metadata/schema/approval.schema.json' with { type: 'json' }
import type { ApprovalDefinition, ApprovalLevel } from '../../../metadata/types.ts'
import { type Language, type LocalText, type Problem, problem } from '../../errors.ts'
import { own, pointer } from '../pointer.ts'
import { fieldOf } from './follow.ts'
import { defineKind, type ModelContext, type Reference, type RulePlace } from './kind-spec.ts'
import { peopleProblems, peopleReferences, peopleText } from './people.ts'
import { ruleReferences } from './rule-mentions.ts'
import { recordScope } from './rule-scope.ts'
import { bundleSchema } from './schema.ts'
import { called, entityCalled, sentenceOf } from './sentences.ts'

export const approvalKind = defineKind({
  kind: 'approval',
  content: false,
  label: { en: 'approval', 'zh-CN': '审批' },
  schema: () => bundleSchema(schema),
  lists: [{ at: ['levels'], noun: 'level' }],
  rules: rulePlaces,
  references: approvalReferences,
  check: checkApproval,
  sentence: (definition, context) =>
    sentenceOf(definition, (name, language) => {
      const entity = entityCalled(context, definition.entity, language)
      const levels = definition.levels.map((level) => levelText(definition, level, context, language))
      return language === 'en'
        ? `${name}: ${definition.when === undefined ? '' : 'where its condition holds, '}a record of ${entity} goes to ${levels.join(', then to ')}.`
        : `${name}：${definition.when === undefined ? '' : '满足条件的'}${entity}记录须经${levels.join('，再经')}审批。`
    }),
})

const DECIDE: { readonly [D in NonNullable<ApprovalLevel['decide']>]: LocalText } = {
  any: { en: '', 'zh-CN': '' },
  all: { en: ' (all of them)', 'zh-CN': '（会签）' },
  in_order: { en: ' (one after the other)', 'zh-CN': '（依次）' },
}

/** Who decides at a level, how, and until when. */
function levelText(
  { entity }: ApprovalDefinition,
  { by, decide, limit, when }: ApprovalLevel,
  context: ModelContext,
  language: Language,
): string {
  const isEnglish = language === 'en'
  const who = peopleText(context, entity, by, language) + DECIDE[decide ?? 'any'][language]
  const some = when === undefined ? '' : isEnglish ? ' where needed' : '（按条件）'
  if (limit === undefined) return who + some
  const within = durationWords(limit.after, language)
  return isEnglish ? `${who}${some} within ${within}` : `${who}${some}（${within}内）`
}

function rulePlaces(definition: unknown): readonly RulePlace[] {
  const entity = own(definition, 'entity')
  const levels = own(definition, 'levels')
  if (typeof entity !== 'string') return []
  const count = Array.isArray(levels) ? levels.length : 0
  return [
    { at: ['when'], entity },
    ...Array.from({ length: count }, (_, index) => ({ at: ['levels', String(index), 'when'], entity })),
  ]
}

function approvalReferences(
  { entity, when, levels, empty }: ApprovalDefinition,
  context: ModelContext,
): readonly Reference[] {
  const place = { context, here: entity, root: entity }
  return [
    { path: '/entity', to: { kind: 'entity', name: entity } },
    ...ruleReferences(context, entity, when, '/when'),
    ...levels.flatMap((level, index) => {
      const at = pointer('levels', index)
      return [
        ...peopleReferences(place, level.by, `${at}/by`),
        ...ruleReferences(context, entity, level.when, `${at}/when`),
        ...(level.limit?.calendar === undefined
          ? []
          : [
              { path: `${at}/limit/calendar`, to: { kind: 'calendar' as const, name: level.limit.calendar } },
            ]),
        ...(level.edit ?? []).map(
          (item, position): Reference => ({
            path: `${at}/edit${pointer(position)}`,
            to: { kind: 'entity', name: entity, item },
          }),
        ),
      ]
    }),
    ...(typeof empty === 'object' ? peopleReferences(place, empty, '/empty') : []),
  ]
}

function checkApproval(definition: ApprovalDefinition, context: ModelContext): readonly Problem[] {
  const { entity, when, levels, empty } = definition
  if (!context.definitions.entity.has(entity)) return [] // the check of references has reported it
  const scope = recordScope(context, entity)
  const rule = (said: unknown, at: string) =>
    said === undefined
      ? []
      : checkRule(said, scope, 'condition', { runner: 'engine' }).problems.map((fault) => ({
          ...fault,
          path: at + fault.path,
        }))
  const seen = new Set<string>()
  return [
    ...(entity === 'notification' ? [unfit('/entity', NO_APPROVAL)] : []),
    ...rule(when, '/when'),
    ...levels.flatMap((level, index) => {
      const at = pointer('levels', index)
      const isTwice = seen.has(level.name)
      seen.add(level.name)
      return [
        ...(isTwice ? [problem('META_NAME_DUPLICATE', `${at}/name`, { params: { name: level.name } })] : []),
        ...peopleProblems(context, entity, scope, level.by, `${at}/by`),
        ...rule(level.when, `${at}/when`),
        ...editProblems(context, entity, level, at),
        ...(level.limit === undefined || parseDuration(level.limit.after) !== undefined
          ? []
          : [unfit(`${at}/limit/after`, NO_DURATION)]),
      ]
    }),
    ...(typeof empty === 'object' ? peopleProblems(context, entity, scope, empty, '/empty') : []),
  ]
}

/** What the engine works out or keeps itself is changed by nobody. */
function editProblems(
  context: ModelContext,
  entity: string,
  { edit = [] }: ApprovalLevel,
  at: string,
): readonly Problem[] {
  return edit.flatMap((name, index) => {
    const field = fieldOf(context, entity, name)
    const isFixed = field !== undefined && (field.system || field.type?.computed !== undefined)
    if (!isFixed || name === 'owner') return []
    const label = called(field.definition, 'en')
    return [unfit(`${at}/edit${pointer(index)}`, fixedField(label))]
  })
}

function unfit(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}

const NO_DURATION = { en: 'no duration, or over two hundred years', 'zh-CN': '不是有效时长，或超过两百年' }
const NO_APPROVAL = { en: 'notifications are not approved', 'zh-CN': '通知无需审批' }
const fixedField = (label: string): LocalText => ({
  en: `${label} is kept by the engine; nobody changes it`,
  'zh-CN': `${label}由系统维护，任何人都不能修改`,
})

/** Whether records may be submitted for it. */
export function isOpenApproval({ active }: ApprovalDefinition): boolean {
  return active !== false
}
