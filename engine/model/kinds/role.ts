import { nearest } from '../../../metadata/nearest.ts'
import { checkRule } from '../../../metadata/rules/check-rule.ts'
import type { RuleScope } from '../../../metadata/rules/types.ts'
import schema from '../../../metadata/schema/role.schema.json' with { type: 'json' }
import type { Rights, RoleDefinition, Scope } from '../../../metadata/types.ts'
import { didYouMean, type Problem, problem } from '../../errors.ts'
import { isRecord, own, pointer } from '../pointer.ts'
import { fieldsOf } from './follow.ts'
import { defineKind, type ModelContext, type Reference, type RulePlace } from './kind-spec.ts'
import { whoReferences } from './mentions.ts'
import { ruleReferences } from './rule-mentions.ts'
import { actorScope } from './rule-scope.ts'
import { bundleSchema } from './schema.ts'
import { counted, sentenceOf } from './sentences.ts'

/** Scopes from the narrowest to the widest. */
const WIDTH: Readonly<Record<string, number>> = { none: 0, own: 1, team: 2, team_tree: 3, all: 4 }
const SCOPES = ['read', 'update', 'delete', 'restore', 'transfer', 'export', 'share'] as const
/** What every answer about a record carries: nobody can be denied it who sees the record. */
const ALWAYS_SHOWN: ReadonlySet<string> = new Set(['id', 'version'])

export const roleKind = defineKind({
  kind: 'role',
  content: false,
  label: { en: 'role', 'zh-CN': '角色' },
  schema: () => bundleSchema(schema),
  lists: [],
  rules: rulePlaces,
  references: (definition, context) => [
    ...Object.entries(definition.entities ?? {}).flatMap(([name, rights]) => [
      { path: pointer('entities', name), to: { kind: 'entity' as const, name }, inKey: true as const },
      ...rightsReferences(context, name, rights),
    ]),
    ...(['view', 'app', 'report', 'dashboard'] as const).flatMap((kind) =>
      (definition[`${kind}s`] ?? []).map((name, index) => ({
        path: pointer(`${kind}s`, index),
        to: { kind, name },
      })),
    ),
  ],
  check: (definition, context) => [
    ...checkWidths(definition.default ?? {}, '/default'),
    ...checkDefault(definition),
    ...checkKinds(definition, context),
    ...Object.entries(definition.entities ?? {}).flatMap(([name, rights]) => [
      ...checkWidths(rights, pointer('entities', name)),
      ...checkRules(context, name, rights),
      ...checkStages(context, name, rights),
    ]),
  ],
  sentence: (definition) =>
    sentenceOf(definition, (name, language) => {
      const count = Object.keys(definition.entities ?? {}).length
      const { administration = [], definitions = [] } = definition
      const administers = administration.length + definitions.length > 0
      return language === 'en'
        ? `${name} has rights of its own on ${counted(count, 'entity', 'entities')}${administers ? ' and administers the workspace' : ''}.`
        : `${name}对 ${count} 个实体设有专门权限${administers ? '，并可管理工作区' : ''}。`
    }),
})

const SCOPE_WORDS = ['none', 'own', 'team', 'team_tree', 'all']

/** Where a role may say a right by a rule. */
function rulePlaces(definition: unknown): readonly RulePlace[] {
  const entities = own(definition, 'entities')
  if (!isRecord(entities)) return []
  return Object.entries(entities).flatMap(([entity, rights]) => {
    const fields = own(rights, 'fields')
    const at = ['entities', entity]
    const scopes = SCOPES.map((right) => ({ at: [...at, right], entity, words: SCOPE_WORDS }))
    const ofFields = Object.keys(isRecord(fields) ? fields : {}).flatMap((field) =>
      ['read', 'edit'].map((right) => ({ at: [...at, 'fields', field, right], entity, words: ['masked'] })),
    )
    return [...scopes, ...ofFields]
  })
}

interface PlacedRule {
  readonly rule: Readonly<Record<string, unknown>>
  readonly at: string
}

/** The rules in one entity's rights, with their places. */
function rulesOf(entity: string, rights: Rights): readonly PlacedRule[] {
  const at = pointer('entities', entity)
  const scopes = SCOPES.flatMap((right) => placed(rights[right], at + pointer(right)))
  const fields = Object.entries(rights.fields ?? {}).flatMap(([field, said]) =>
    (['read', 'edit'] as const).flatMap((right) => {
      const one = said[right]
      return one === 'masked' ? [] : placed(one, at + pointer('fields', field, right))
    }),
  )
  return [...scopes, ...fields]
}

function placed(said: Scope | boolean | undefined, at: string): readonly PlacedRule[] {
  return typeof said === 'object' ? [{ rule: said, at }] : []
}

function rightsReferences(context: ModelContext, entity: string, rights: Rights): readonly Reference[] {
  return [
    ...Object.keys(rights.fields ?? {})
      .filter((field) => fieldsOf(context, entity).get(field)?.system !== true)
      .map((field) => ({
        path: pointer('entities', entity) + pointer('fields', field),
        to: { kind: 'entity' as const, name: entity, item: field },
        inKey: true as const,
      })),
    ...rulesOf(entity, rights).flatMap(({ rule, at }) => ruleReferences(context, entity, rule, at)),
    ...Object.entries(rights.transitions ?? {}).flatMap(([stage, { by }]) => {
      const at = pointer('entities', entity, 'transitions', stage)
      return [
        ...pipelinesWith(context, entity, stage).map((name) => ({
          path: at,
          to: { kind: 'pipeline' as const, name, item: stage },
          inKey: true as const,
        })),
        ...whoReferences(by, at + pointer('by')),
      ]
    }),
  ]
}

/** The pipelines of an entity that have a stage of that name. */
function pipelinesWith({ definitions }: ModelContext, entity: string, stage: string): readonly string[] {
  return [...definitions.pipeline.values()]
    .filter((one) => one.entity === entity && one.stages.some(({ name }) => name === stage))
    .map(({ name }) => name)
}

function checkStages(context: ModelContext, entity: string, { transitions }: Rights): readonly Problem[] {
  const pipelines = [...context.definitions.pipeline.values()].filter((one) => one.entity === entity)
  const known = pipelines.flatMap(({ stages }) => stages.map(({ name }) => name))
  return Object.keys(transitions ?? {}).flatMap((stage) => {
    if (known.includes(stage)) return []
    const reason = {
      en: `no pipeline of “${entity}” has a stage “${stage}”`,
      'zh-CN': `“${entity}”的流程中没有阶段“${stage}”`,
    }
    const hint = didYouMean(nearest(stage, known))
    return [
      problem('META_VALUE_INVALID', pointer('entities', entity, 'transitions', stage), {
        params: { reason },
        ...(hint && { hint }),
      }),
    ]
  })
}

function checkKinds({ definitions: kinds = [] }: RoleDefinition, context: ModelContext): readonly Problem[] {
  const known = Object.keys(context.definitions)
  return kinds.flatMap((kind, index) =>
    known.includes(kind)
      ? []
      : [
          problem('META_KIND_UNKNOWN', pointer('definitions', index), {
            params: { name: kind },
            hint: didYouMean(nearest(kind, known)),
          }),
        ],
  )
}

function checkRules(context: ModelContext, entity: string, rights: Rights): readonly Problem[] {
  if (!context.definitions.entity.has(entity)) return []
  const scope: RuleScope = actorScope(context, entity)
  const always = Object.keys(rights.fields ?? {}).filter((field) => ALWAYS_SHOWN.has(field))
  return [
    ...rulesOf(entity, rights).flatMap(({ rule, at }) =>
      checkRule(rule, scope, 'condition').problems.map((fault) => ({ ...fault, path: at + fault.path })),
    ),
    ...always.map((field) =>
      problem('META_VALUE_INVALID', pointer('entities', entity) + pointer('fields', field), {
        params: {
          reason: {
            en: `“${field}” comes with every record that is shown`,
            'zh-CN': `“${field}”随每条可见记录一并返回`,
          },
        },
      }),
    ),
  ]
}

/** The default stands for entities of any fields: it can name none of them, nor ask anything of a record. */
function checkDefault(definition: RoleDefinition): readonly Problem[] {
  const rights = definition.default ?? {}
  const rules = SCOPES.filter((right) => typeof rights[right] === 'object').map((right) => pointer(right))
  const named = (['fields', 'transitions'] as const).filter(
    (key) => Object.keys(rights[key] ?? {}).length > 0,
  )
  return [...rules, ...named.map((key) => pointer(key))].map((at) =>
    problem('META_VALUE_INVALID', `/default${at}`, {
      params: {
        reason: {
          en: 'the default rights name no fields and no stages; say it for single entities',
          'zh-CN': '默认权限不涉及具体字段和阶段，请在各实体中设置',
        },
      },
    }),
  )
}

/** What cannot be read cannot be changed: a right that reaches further than reading promises nothing. */
function checkWidths(rights: Rights, at: string): readonly Problem[] {
  const { read } = rights
  const readWidth = typeof read === 'string' ? WIDTH[read] : undefined
  if (readWidth === undefined) return []
  return (['update', 'delete', 'restore', 'transfer', 'export'] as const).flatMap((right) => {
    const scope = rights[right]
    const width = typeof scope === 'string' ? WIDTH[scope] : undefined
    if (width === undefined || width <= readWidth) return []
    const reason = {
      en: `“${right}” reaches further than “read” (${scope} over ${read})`,
      'zh-CN': `“${right}”的范围（${scope}）大于“read”的范围（${read}）`,
    }
    return [problem('META_VALUE_INVALID', at + pointer(right), { params: { reason } })]
  })
}
