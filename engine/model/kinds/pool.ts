import schema from '../../../metadata/schema/pool.schema.json' with { type: 'json' }
import type { PoolDefinition } from '../../../metadata/types.ts'
import type { Language } from '../../errors.ts'
import { own, pointer } from '../pointer.ts'
import { fieldOf } from './follow.ts'
import { defineKind, type ModelContext, type Reference } from './kind-spec.ts'
import { checkPool } from './pool-check.ts'
import { ruleReferences } from './rule-mentions.ts'
import { bundleSchema } from './schema.ts'
import { called, entityCalled, sentenceOf } from './sentences.ts'

export const poolKind = defineKind({
  kind: 'pool',
  content: false,
  label: { en: 'pool', 'zh-CN': '公海' },
  schema: () => bundleSchema(schema),
  lists: [{ at: ['recycle'], noun: 'rule' }],
  rules: (definition) => {
    const [entity, recycle] = [own(definition, 'entity'), own(definition, 'recycle')]
    if (typeof entity !== 'string' || !Array.isArray(recycle)) return []
    return recycle.map((_, index) => ({ at: ['recycle', String(index), 'when'], entity }))
  },
  references: poolReferences,
  check: checkPool,
  sentence: (definition, context) =>
    sentenceOf(definition, (name, language) => {
      const entity = entityCalled(context, definition.entity, language)
      const members = memberNames(context, definition, language)
      const { claim = {}, recycle = [] } = definition
      const isEnglish = language === 'en'
      const perDay =
        claim.perDay === undefined ? '' : isEnglish ? `, ${claim.perDay} a day` : `，每天 ${claim.perDay} 条`
      const returns =
        recycle.length === 0
          ? ''
          : isEnglish
            ? ` Records return to it by ${recycle.length === 1 ? 'one rule' : `${recycle.length} rules`}.`
            : `按 ${recycle.length} 条规则回收。`
      return isEnglish
        ? `${name} holds records of ${entity} without an owner; ${members} may claim them${perDay}.${returns}`
        : `${name}：存放暂无负责人的${entity}，${members}可领取${perDay}。${returns}`
    }),
})

function memberNames(context: ModelContext, { members }: PoolDefinition, language: Language): string {
  const names = members.map(({ role, team, user }) =>
    role === undefined
      ? (team ?? user ?? '')
      : called(context.definitions.role.get(role) ?? { name: role }, language),
  )
  return names.join(language === 'en' ? ', ' : '、')
}

function poolReferences(definition: PoolDefinition, context: ModelContext): readonly Reference[] {
  const { entity, members, hide = [], recycle = [] } = definition
  // System fields are nobody's definition.
  const field = (name: string, path: string): readonly Reference[] =>
    fieldOf(context, entity, name)?.system === true
      ? []
      : [{ path, to: { kind: 'entity', name: entity, item: name } }]
  return [
    { path: '/entity', to: { kind: 'entity', name: entity } },
    ...members.flatMap(({ role }, index): readonly Reference[] =>
      role === undefined
        ? []
        : [{ path: pointer('members', index, 'role'), to: { kind: 'role', name: role } }],
    ),
    ...hide.flatMap((name, index) => field(name, pointer('hide', index))),
    ...recycle.flatMap(({ when, limit }, index): readonly Reference[] => {
      const at = pointer('recycle', index)
      return [
        ...ruleReferences(context, entity, when, `${at}/when`),
        ...(limit.since === undefined ? [] : field(limit.since, `${at}/limit/since`)),
        ...(limit.calendar === undefined
          ? []
          : [{ path: `${at}/limit/calendar`, to: { kind: 'calendar' as const, name: limit.calendar } }]),
      ]
    }),
  ]
}
