import { nearest } from '../../../metadata/nearest.ts'
import { checkRule } from '../../../metadata/rules/check-rule.ts'
import schema from '../../../metadata/schema/layout.schema.json' with { type: 'json' }
import type { LayoutDefinition, Section, Tab } from '../../../metadata/types.ts'
import { didYouMean, type LocalText, type Problem, problem } from '../../errors.ts'
import { asName, pointer } from '../pointer.ts'
import { fieldOf, fieldsOf, inversesOf, optionNames, optionTarget, relationOf } from './follow.ts'
import { defineKind, type ModelContext, type Reference } from './kind-spec.ts'
import { fieldReferences, whoReferences } from './mentions.ts'
import { overviewProblems, overviewReferences, overviewRules } from './overview-check.ts'
import { ruleReferences } from './rule-mentions.ts'
import { formScope } from './rule-scope.ts'
import { bundleSchema } from './schema.ts'
import { counted, entityCalled, forWhom, sentenceOf } from './sentences.ts'

/** Tabs that need no relation; the last two, the entity's feature of that name. */
const PLAIN_TABS = ['details', 'history', 'comments', 'files'] as const
const FEATURE_TABS: readonly string[] = ['comments', 'files']

const FORM_AS = {
  sections: { en: 'section', 'zh-CN': '分组' },
  tabs: { en: 'tab of the form', 'zh-CN': '表单标签页' },
  steps: { en: 'step of the form', 'zh-CN': '表单步骤' },
} as const

export const layoutKind = defineKind({
  kind: 'layout',
  content: false,
  label: { en: 'layout', 'zh-CN': '布局' },
  schema: () => bundleSchema(schema),
  lists: [
    { at: ['form'], noun: 'section', prefix: 'section' },
    { at: ['page', 'tabs'], noun: 'tab', prefix: 'tab' },
  ],
  references: (definition, context) => [
    { path: '/entity', to: { kind: 'entity', name: definition.entity } },
    ...whoReferences(definition.for, '/for'),
    ...whereReferences(definition, context),
    ...(definition.form ?? []).flatMap((section, index) => [
      ...fieldReferences(definition.entity, section.fields, pointer('form', index, 'fields')),
      ...ruleReferences(
        context,
        definition.entity,
        section.visibleWhen,
        pointer('form', index, 'visibleWhen'),
      ),
    ]),
    ...fieldReferences(definition.entity, definition.page?.highlights, '/page/highlights'),
    ...overviewReferences(definition, context),
    ...(definition.page?.tabs ?? []).flatMap((tab, index) =>
      relatedReferences(context, definition.entity, tab.related, pointer('page', 'tabs', index, 'related')),
    ),
  ],
  rules: (definition) => {
    const { entity, form } = definition as { readonly entity?: unknown; readonly form?: unknown }
    const sections = Array.isArray(form)
      ? form.map((_, index) => ({ at: ['form', String(index), 'visibleWhen'], entity: asName(entity) }))
      : []
    return [...sections, ...overviewRules(definition)]
  },
  check: (definition, context) => [
    ...checkTwice(definition),
    ...whereProblems(definition, context),
    ...(definition.form ?? []).flatMap((section, index) =>
      sectionProblems(definition, section, pointer('form', index, 'visibleWhen'), context),
    ),
    ...overviewProblems(definition, context),
    ...(definition.page?.tabs ?? []).flatMap((tab, index) =>
      checkTab(tab, definition, context, pointer('page', 'tabs', index)),
    ),
  ],
  sentence: (definition, context) =>
    sentenceOf(definition, (name, language) => {
      const entity = entityCalled(context, definition.entity, language)
      const people = forWhom(context, definition.for, language)
      const sections = (definition.form ?? []).length
      const tabs = (definition.page?.tabs ?? []).length
      const { en, 'zh-CN': zh } = FORM_AS[definition.formAs ?? 'sections']
      return language === 'en'
        ? `${name} arranges ${entity} in ${counted(sections, en)} and ${counted(tabs, 'tab')}${people}.`
        : `${name}将${entity}排成 ${sections} 个${zh}和 ${tabs} 个标签页${people}。`
    }),
})

/** The fields by which records are told apart, and their options or stages. */
function whereReferences({ entity, where }: LayoutDefinition, context: ModelContext): readonly Reference[] {
  return (where ?? []).flatMap(({ field, is }, index): readonly Reference[] => {
    const place = fieldOf(context, entity, field)
    if (place?.system === true) return []
    const own = {
      path: pointer('where', index, 'field'),
      to: { kind: 'entity', name: entity, item: field },
    } as const
    if (place === undefined) return [own]
    const options = is.flatMap((option, at): readonly Reference[] => {
      const to = optionTarget(context, place, option)
      return to === undefined ? [] : [{ path: pointer('where', index, 'is', at), to }]
    })
    return [own, ...options]
  })
}

/** Only a field of which the values are known tells records apart; an option that there is not is told as a reference. */
function whereProblems({ entity, where }: LayoutDefinition, context: ModelContext): readonly Problem[] {
  const seen = new Set<string>()
  return (where ?? []).flatMap(({ field }, index) => {
    const at = pointer('where', index, 'field')
    if (seen.has(field)) return [problem('META_NAME_DUPLICATE', at, { params: { name: field } })]
    seen.add(field)
    const place = fieldOf(context, entity, field)
    if (place === undefined) return []
    const isOne = ['select', 'stage'].includes(place.definition.type)
    return isOne && optionNames(context, place) !== undefined ? [] : [invalid(at, WHERE_REASON)]
  })
}

const WHERE_REASON: LocalText = {
  en: 'it has no options and no stages',
  'zh-CN': '该字段没有选项或阶段',
}

/** `related` names a relation of the entity's own, or one that leads back from another entity. */
function relatedReferences(
  context: ModelContext,
  entity: string,
  related: string | undefined,
  path: string,
): readonly Reference[] {
  if (related === undefined) return []
  const own = fieldsOf(context, entity).get(related)
  if (own !== undefined)
    return own.system ? [] : [{ path, to: { kind: 'entity', name: entity, item: related } }]
  return inversesOf(context, entity)
    .filter((inverse) => inverse.name === related)
    .flatMap(({ from, field, named }): readonly Reference[] => {
      const to = { kind: 'entity', name: from, item: field } as const
      if (named) return [{ path, to, byOtherName: true }]
      // Made of both names: a rename of either changes it.
      return [
        { path, to: { kind: 'entity', name: from }, span: [0, from.length] },
        { path, to, span: [from.length + 1, related.length] },
      ]
    })
}

/** A form knows the record, its relatives and the actor, but no lists of records. */
function sectionProblems(
  { entity }: LayoutDefinition,
  { visibleWhen }: Section,
  at: string,
  context: ModelContext,
): readonly Problem[] {
  if (visibleWhen === undefined || !context.definitions.entity.has(entity)) return []
  const { problems } = checkRule(visibleWhen, formScope(context, entity), 'condition', { runner: 'write' })
  return problems.map((fault) => ({ ...fault, path: at + fault.path }))
}

function checkTwice(definition: LayoutDefinition): readonly Problem[] {
  const seen = new Set<string>()
  return (definition.form ?? []).flatMap((section, index) =>
    section.fields.flatMap((name, position) => {
      if (!seen.has(name)) {
        seen.add(name)
        return []
      }
      return [
        problem('META_NAME_DUPLICATE', pointer('form', index, 'fields', position), { params: { name } }),
      ]
    }),
  )
}

function checkTab(
  tab: Tab,
  { entity }: LayoutDefinition,
  context: ModelContext,
  at: string,
): readonly Problem[] {
  const definition = context.definitions.entity.get(entity)
  if (definition === undefined) return []
  if (tab.related !== undefined) return checkRelated(tab.related, entity, context, `${at}/related`)
  if (!(PLAIN_TABS as readonly string[]).includes(tab.name)) {
    const near = nearest(tab.name, PLAIN_TABS)
    return [invalid(`${at}/name`, TAB_REASON, didYouMean(near))]
  }
  if (!FEATURE_TABS.includes(tab.name)) return []
  if ((definition.features as readonly string[] | undefined)?.includes(tab.name)) return []
  const reason = {
    en: `the entity does not have the feature “${tab.name}”`,
    'zh-CN': `该实体未启用功能“${tab.name}”`,
  }
  return [invalid(`${at}/name`, reason)]
}

const TAB_REASON: LocalText = {
  en: `a tab without “related” is one of ${PLAIN_TABS.join(', ')}`,
  'zh-CN': `未写 related 的标签页只能是 ${PLAIN_TABS.join('、')}`,
}

function checkRelated(
  related: string,
  entity: string,
  context: ModelContext,
  path: string,
): readonly Problem[] {
  const own = [...fieldsOf(context, entity).values()].filter((place) => {
    const kind = relationOf(place)?.kind
    return kind === 'many' || kind === 'children'
  })
  const names = [
    ...own.map((place) => place.definition.name),
    ...inversesOf(context, entity).map((inverse) => inverse.name),
  ]
  if (names.includes(related)) return []
  const hint = didYouMean(nearest(related, names))
  return [
    problem('META_RELATION_UNKNOWN', path, { params: { name: related, entity }, ...(hint && { hint }) }),
  ]
}

function invalid(path: string, reason: LocalText, hint?: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason }, ...(hint && { hint }) })
}
