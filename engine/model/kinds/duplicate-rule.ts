import { checkRule } from '../../../metadata/rules/check-rule.ts'
import schema from '../../../metadata/schema/duplicate_rule.schema.json' with { type: 'json' }
import type { DuplicateRuleDefinition } from '../../../metadata/types.ts'
import { type Language, type LocalText, type Problem, problem } from '../../errors.ts'
import { likenessFor } from '../duplicate-rules.ts'
import { asName, pointer } from '../pointer.ts'
import { fieldOf, type PlacedField, relationOf } from './follow.ts'
import { defineKind, type ModelContext, type Reference } from './kind-spec.ts'
import { ruleReferences } from './rule-mentions.ts'
import { beginningScope } from './rule-scope.ts'
import { bundleSchema } from './schema.ts'
import { entityCalled, listNames, sentenceOf } from './sentences.ts'

type Match = DuplicateRuleDefinition['match'][number]

export const duplicateRuleKind = defineKind({
  kind: 'duplicate_rule',
  content: false,
  label: { en: 'duplicate rule', 'zh-CN': '查重规则' },
  schema: () => bundleSchema(schema),
  lists: [],
  rules: ({ entity }) => [{ at: ['when'], entity: asName(entity) }],
  references: (definition, context) => [
    { path: '/entity', to: { kind: 'entity', name: definition.entity } },
    ...definition.match.flatMap((match, index) => matchReferences(definition.entity, match, index)),
    ...ruleReferences(context, definition.entity, definition.when, '/when'),
  ],
  check: (definition, context) => [
    ...whenProblems(definition, context),
    ...definition.match.flatMap((match, index) => matchProblems(context, definition.entity, match, index)),
  ],
  sentence: (definition, context) =>
    sentenceOf(definition, (name, language) => {
      const entity = entityCalled(context, definition.entity, language)
      const fields = definition.match.map(({ field }) => {
        const place = fieldOf(context, definition.entity, field)
        return place?.definition ?? { name: field }
      })
      const compared = listNames([...new Map(fields.map((field) => [field.name, field])).values()], language)
      return language === 'en'
        ? `${name}: saving a record of ${entity} like one that is there (${compared}) ${OUTCOMES[definition.then].en}.`
        : `${name}：保存${entity}时若与已有记录重复（${compared}），则${OUTCOMES[definition.then]['zh-CN']}。`
    }),
})

const OUTCOMES: { readonly [A in DuplicateRuleDefinition['then']]: Record<Language, string> } = {
  allow: { en: 'is allowed and told', 'zh-CN': '允许保存并提示' },
  warn: { en: 'asks first', 'zh-CN': '先请确认' },
  block: { en: 'is refused', 'zh-CN': '不予保存' },
}

function matchReferences(entity: string, match: Match, index: number): readonly Reference[] {
  const own = (key: string, item: string): Reference => ({
    path: pointer('match', index, key),
    to: { kind: 'entity', name: entity, item },
  })
  return [
    own('field', match.field),
    ...(match.within === undefined ? [] : [own('within', match.within)]),
    ...(match.against ?? []).flatMap((path, at): readonly Reference[] => {
      const [name = '', item = ''] = path.split('.')
      const place = pointer('match', index, 'against', at)
      return [
        { path: place, to: { kind: 'entity', name }, span: [0, name.length] },
        { path: place, to: { kind: 'entity', name, item }, span: [name.length + 1, path.length] },
      ]
    }),
  ]
}

function whenProblems({ entity, when }: DuplicateRuleDefinition, context: ModelContext): readonly Problem[] {
  if (when === undefined || !context.definitions.entity.has(entity)) return []
  const { problems } = checkRule(when, beginningScope(context, entity), 'condition')
  return problems.map((fault) => ({ ...fault, path: `/when${fault.path}` }))
}

/** Types whose values are texts in a column of their own. */
const COMPARED_TYPES = new Set(['text', 'phone', 'email', 'url'])
const WITHIN_TYPES = new Set(['lookup', 'select', 'text', 'user', 'team'])
/** What of names may be merely alike. */
const LIKE_NAMES = new Set(['company', 'person', 'text'])

function matchProblems(
  context: ModelContext,
  entity: string,
  match: Match,
  index: number,
): readonly Problem[] {
  const at = (...keys: readonly (string | number)[]) => pointer('match', index, ...keys)
  const own = fieldOf(context, entity, match.field)
  if (own === undefined) return [] // the check of references has reported it
  const problems = [...fieldProblems(own, at('field'))]
  const as = likenessFor(match, own.definition.type)
  if (match.similar !== undefined && !LIKE_NAMES.has(as)) problems.push(invalid(at('similar'), ONLY_NAMES))
  const within = match.within === undefined ? undefined : fieldOf(context, entity, match.within)
  if (within !== undefined && !WITHIN_TYPES.has(within.definition.type)) {
    problems.push(invalid(at('within'), WITHIN_WRONG))
  }
  for (const [place, path] of (match.against ?? []).entries()) {
    const [name = '', fieldName = ''] = path.split('.')
    const other = fieldOf(context, name, fieldName)
    if (other === undefined) continue
    const where = at('against', place)
    if (name === entity && fieldName === match.field) problems.push(invalid(where, ITSELF))
    problems.push(...fieldProblems(other, where))
    if (within !== undefined && !isSameKind(within, fieldOf(context, name, within.definition.name))) {
      problems.push(invalid(where, withinMissing(name, within.definition.name)))
    }
  }
  return problems
}

function fieldProblems({ definition, type }: PlacedField, path: string): readonly Problem[] {
  if (type?.sealing !== undefined) return [invalid(path, SEALED)]
  return COMPARED_TYPES.has(definition.type) ? [] : [invalid(path, NOT_COMPARED)]
}

function isSameKind(one: PlacedField, other: PlacedField | undefined): boolean {
  if (other === undefined || other.definition.type !== one.definition.type) return false
  const [from, to] = [relationOf(one), relationOf(other)]
  return from?.kind !== 'one' || to?.kind !== 'one' || from.to === to.to
}

const NOT_COMPARED: LocalText = {
  en: 'only text, phone, e-mail and URL fields are compared',
  'zh-CN': '只能比较文本、电话、邮箱与网址字段',
}
const SEALED: LocalText = {
  en: 'encrypted values are not compared: keys made of them would lie beside them; make the field unique instead',
  'zh-CN': '加密字段不参与查重（比较用的键会与其并存），可改为将该字段设为唯一',
}
const ONLY_NAMES: LocalText = {
  en: 'only what is compared as company, person or text may be merely similar',
  'zh-CN': '只有按公司名称、姓名或文本比较时才能设相似度',
}
const WITHIN_WRONG: LocalText = {
  en: 'a lookup, select, text, user or team field',
  'zh-CN': '应为查找、单选、文本、用户或团队字段',
}
const ITSELF: LocalText = {
  en: 'a field is always compared with itself in other records; leave it out',
  'zh-CN': '字段总会与其他记录的同一字段比较，无需写出',
}

function withinMissing(entity: string, field: string): LocalText {
  return {
    en: `“${entity}” has no such field “${field}”, in which both must agree`,
    'zh-CN': `“${entity}”没有同样的字段“${field}”，无法要求两者相同`,
  }
}

function invalid(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}
