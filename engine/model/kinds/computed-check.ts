import { checkRule } from '../../../metadata/rules/check-rule.ts'
import { parseDuration } from '../../../metadata/rules/durations.ts'
import type { RuleExpectation } from '../../../metadata/rules/types.ts'
import type { FieldDefinition } from '../../../metadata/types.ts'
import { type LocalText, type Problem, problem } from '../../errors.ts'
import type { FieldType } from '../../registry/field-type.ts'
import type { DefinitionSet } from '../compiled.ts'
import { parseOver } from '../over.ts'
import { tagRulesOf } from '../tag-rules.ts'
import { fieldOf, fieldsOf, inversesOf, relationOf } from './follow.ts'
import type { ModelContext, Reference } from './kind-spec.ts'
import { ruleReferences } from './rule-mentions.ts'
import { ruleScope } from './rule-scope.ts'

/** What a computed field mentions: the rule of a formula; relation, value and filter of a roll-up. */
export function computedReferences(
  context: ModelContext,
  entity: string,
  field: FieldDefinition,
  at: string,
): readonly Reference[] {
  const type = context.registry.typeOf(field)
  if (type?.computed === 'formula') return ruleReferences(context, entity, field.value, `${at}/value`)
  if (type?.computed !== 'roll_up') return []
  const { tie, value, relation } = overOf(context, entity, field)
  if (tie === undefined) return []
  const start = relation.length + 1
  return [
    ...tieReferences(tie, relation, `${at}/over`),
    ...(value === undefined
      ? []
      : [
          {
            path: `${at}/over`,
            to: { kind: 'entity' as const, name: tie.child, item: value },
            span: [start, start + value.length] as const,
          },
        ]),
    ...ruleReferences(context, tie.child, field.filter, `${at}/filter`),
    ...windowReferences(context, tie.child, field.window, `${at}/window/by`),
  ]
}

function tieReferences({ holder, field, spelt }: Tie, relation: string, path: string): readonly Reference[] {
  const by = { kind: 'entity' as const, name: holder, item: field }
  const end = relation.length
  if (spelt === 'inverse') return [{ path, to: by, span: [0, end], byOtherName: true }]
  if (spelt === 'field') return [{ path, to: by, span: [0, end] }]
  // Made of both names: a rename of either changes it.
  return [
    { path, to: { kind: 'entity', name: holder }, span: [0, holder.length] },
    { path, to: by, span: [holder.length + 1, end] },
  ]
}

function windowReferences(
  context: ModelContext,
  entity: string,
  window: unknown,
  path: string,
): readonly Reference[] {
  const by = (window as { readonly by?: unknown } | undefined)?.by
  // System fields are nobody's definition.
  const isOwn = typeof by === 'string' && fieldOf(context, entity, by)?.system !== true
  return isOwn ? [{ path, to: { kind: 'entity', name: entity, item: by } }] : []
}

function overOf(context: ModelContext, entity: string, field: FieldDefinition) {
  const { relation, value } = parseOver(typeof field.over === 'string' ? field.over : '')
  return { relation, value, tie: tieOf(context, entity, relation) }
}

/** What ties the records of a relation to those of an entity. */
interface Tie {
  /** The entity whose records are rolled up. */
  readonly child: string
  /** The entity of the field that ties them, and its name. */
  readonly holder: string
  readonly field: string
  /** What the relation is called by: the name of the field, one that the field gives it, or that of entity and field. */
  readonly spelt: 'field' | 'inverse' | 'both'
}

/** By the name that a relation has on this side: of records that point here, or of links of the entity's own. */
export function tieOf(context: ModelContext, entity: string, relation: string): Tie | undefined {
  const inverse = inversesOf(context, entity).find(({ name }) => name === relation)
  if (inverse !== undefined)
    return {
      ...{ child: inverse.from, holder: inverse.from, field: inverse.field },
      spelt: inverse.named ? 'inverse' : 'both',
    }
  const place = fieldOf(context, entity, relation)
  const own = place === undefined ? undefined : relationOf(place)
  return own?.kind === 'many' ? { child: own.to, holder: entity, field: relation, spelt: 'field' } : undefined
}

function tieNames(context: ModelContext, entity: string): readonly string[] {
  const links = [...fieldsOf(context, entity).values()].filter((place) => relationOf(place)?.kind === 'many')
  return [
    ...inversesOf(context, entity).map(({ name }) => name),
    ...links.map(({ definition }) => definition.name),
  ]
}

/** Faults of a computed field. @param at of the field */
export function computedProblems(
  context: ModelContext,
  entity: string,
  field: FieldDefinition,
  type: FieldType,
  at: string,
): readonly Problem[] {
  if (type.computed === undefined) return []
  const own =
    type.computed === 'formula'
      ? formulaProblems(context, entity, field, type, `${at}/value`)
      : rollUpProblems(context, entity, field, type, at)
  if (own.length > 0) return own
  const circle = circleThrough(context, nodeOf(entity, field.name))
  if (circle === undefined) return []
  return [problem('META_FORMULA_CIRCLE', at, { params: { way: circle.join(' → ') } })]
}

function formulaProblems(
  context: ModelContext,
  entity: string,
  field: FieldDefinition,
  type: FieldType,
  at: string,
): readonly Problem[] {
  const ruleType = type.rule?.type ?? 'text'
  return storedRuleProblems(context, entity, field.value, ruleType === 'boolean' ? 'condition' : ruleType, at)
}

/** Faults of a rule whose value is stored: over the record and its relatives, and nothing that differs by who asks. */
export function storedRuleProblems(
  context: ModelContext,
  entity: string,
  rule: unknown,
  as: RuleExpectation,
  at: string,
): readonly Problem[] {
  const { problems } = checkRule(rule, ruleScope(context, entity), as)
  const listed = problems.length > 0 ? namesOf(rule).find((name) => isList(context, entity, name)) : undefined
  if (listed !== undefined) return [invalid(at, rollUpInstead(listed))]
  if (problems.length > 0) return problems.map((fault) => ({ ...fault, path: at + fault.path }))
  return namesOf(rule).flatMap((name) =>
    name === 'now' || name.startsWith('actor.') ? [invalid(at, NOT_OF_ANYBODY)] : [],
  )
}

function isList(context: ModelContext, entity: string, name: string): boolean {
  return inversesOf(context, entity).some((inverse) => inverse.name === name)
}

function rollUpInstead(name: string): LocalText {
  return {
    en: `“${name}” is a list of records: make a roll-up over it, and look at that`,
    'zh-CN': `“${name}”是记录列表：请先建立对它的汇总字段，再使用该字段`,
  }
}

const NOT_OF_ANYBODY: LocalText = {
  en: 'a formula is stored once for everybody and at every time: it knows neither the actor nor the instant',
  'zh-CN': '公式的值对所有人、任何时刻只保存一份，不能使用当前用户或当前时刻',
}

const NUMBERS: ReadonlySet<string> = new Set(['sum', 'average'])
const ORDERED: ReadonlySet<string> = new Set(['min', 'max'])

function rollUpProblems(
  context: ModelContext,
  entity: string,
  field: FieldDefinition,
  type: FieldType,
  at: string,
): readonly Problem[] {
  const { relation, value, tie } = overOf(context, entity, field)
  if (tie === undefined) {
    const names = tieNames(context, entity)
    const hint: LocalText | undefined =
      names.length === 0
        ? undefined
        : { en: `One of: ${names.join(', ')}`, 'zh-CN': `可选：${names.join('、')}` }
    return [problem('META_RELATION_UNKNOWN', `${at}/over`, { params: { name: relation, entity }, hint })]
  }
  return [
    ...valueProblems(context, tie.child, value, field, type, at),
    ...filterProblems(context, tie.child, field.filter, `${at}/filter`),
    ...windowProblems(context, tie.child, field.window, `${at}/window`),
    ...namesOf(field.filter).flatMap((name) =>
      name.includes('.') || name === 'now' || name === 'today' ? [invalid(`${at}/filter`, OWN_ONLY)] : [],
    ),
  ]
}

function filterProblems(
  context: ModelContext,
  entity: string,
  rule: unknown,
  at: string,
): readonly Problem[] {
  if (rule === undefined) return []
  const { problems } = checkRule(rule, ruleScope(context, entity), 'condition')
  return problems.map((fault) => ({ ...fault, path: at + fault.path }))
}

const TIMES: ReadonlySet<string> = new Set(['date', 'datetime'])

function windowProblems(
  context: ModelContext,
  entity: string,
  window: unknown,
  at: string,
): readonly Problem[] {
  if (window === undefined) return []
  const { last, by } = window as { readonly last: string; readonly by: string }
  const place = fieldOf(context, entity, by)
  const type = place?.type?.rule?.type
  const isTimed = place === undefined || (TIMES.has(type ?? '') && place.type?.computed !== 'roll_up')
  return [
    ...(parseDuration(last) === undefined ? [invalid(`${at}/last`, WINDOW_TOO_LONG)] : []),
    ...(isTimed ? [] : [invalid(`${at}/by`, NOT_A_TIME)]),
  ]
}

const WINDOW_TOO_LONG: LocalText = {
  en: 'a window is two hundred years at most',
  'zh-CN': '时段最长为两百年',
}
const NOT_A_TIME: LocalText = {
  en: 'a window goes by a date or a date with time of the rolled-up record',
  'zh-CN': '滚动时段须依据被汇总记录的日期或日期时间字段',
}
const OWN_ONLY: LocalText = {
  en: 'a filter of a roll-up looks at fields of the rolled-up record alone, and at no clock',
  'zh-CN': '汇总的筛选条件只能使用被汇总记录自身的字段，不能使用时间',
}

function valueProblems(
  context: ModelContext,
  child: string,
  value: string | undefined,
  field: FieldDefinition,
  type: FieldType,
  at: string,
): readonly Problem[] {
  const fn = String(field.fn)
  if (fn === 'count') return value === undefined ? [] : [invalid(`${at}/over`, COUNT_HAS_NO_FIELD)]
  const place = value === undefined ? undefined : fieldOf(context, child, value)
  if (value === undefined) return [invalid(`${at}/over`, FIELD_MISSING)]
  if (place === undefined) return [] // the check of references has reported it
  const found = place.type?.rule?.type
  const isNumber = found === 'number'
  if (found === undefined || (NUMBERS.has(fn) && !isNumber) || (ORDERED.has(fn) && !place.type!.sortable)) {
    return [invalid(`${at}/over`, notSummable(place.type?.label, fn))]
  }
  if (found === type.rule?.type && (isNumber || place.type?.columns(place.definition).length === 1)) return []
  return [invalid(`${at}/result`, resultWrong(place.type?.name ?? ''))]
}

const COUNT_HAS_NO_FIELD: LocalText = { en: 'a count needs no field', 'zh-CN': '计数无需指定字段' }
const FIELD_MISSING: LocalText = {
  en: 'the field that is rolled up is missing, such as quotes.total',
  'zh-CN': '缺少要汇总的字段，例如 quotes.total',
}

function notSummable(label: LocalText | undefined, fn: string): LocalText {
  return {
    en: `a field of type ${label?.en ?? '?'} has no “${fn}”`,
    'zh-CN': `${label?.['zh-CN'] ?? '?'}类型的字段不能计算“${fn}”`,
  }
}

function resultWrong(name: string): LocalText {
  return {
    en: `the values are of type ${name}: write it as "result"`,
    'zh-CN': `值的类型为 ${name}，请写在 result 中`,
  }
}

const CLOCK_OPERATORS: Readonly<Record<string, string>> = { now: 'now', today: 'today', days_since: 'today' }

/** Every name that a rule reads. */
function namesOf(rule: unknown): readonly string[] {
  if (Array.isArray(rule)) return rule.flatMap(namesOf)
  if (typeof rule !== 'object' || rule === null) return []
  return Object.entries(rule).flatMap(([key, inner]) => {
    // Operators that read the clock do so under another name.
    if (Object.hasOwn(CLOCK_OPERATORS, key)) return [CLOCK_OPERATORS[key]!, ...namesOf(inner)]
    if (key !== 'var') return namesOf(inner)
    const name: unknown = Array.isArray(inner) ? inner[0] : inner
    return typeof name === 'string' ? [name] : []
  })
}

function nodeOf(entity: string, field: string): string {
  return `${entity}.${field}`
}

/**
 * The way from a computed field, `entity.field`, back to itself, where there is one.
 * @param first what it looks at, where only a part of that is in question
 */
export function circleThrough(
  context: ModelContext,
  start: string,
  first?: readonly Reference[],
): readonly string[] | undefined {
  const graph = graphOf(context)
  const begun = first === undefined ? graph.get(start) : fieldsIn(first)
  const visited = new Set<string>()
  const walk = (node: string, way: readonly string[]): readonly string[] | undefined => {
    for (const next of (way.length === 1 ? begun : graph.get(node)) ?? []) {
      if (next === start) return [...way, next]
      if (visited.has(next)) continue
      visited.add(next)
      const found = walk(next, [...way, next])
      if (found !== undefined) return found
    }
    return undefined
  }
  return walk(start, [start])
}

const graphs = new WeakMap<DefinitionSet, ReadonlyMap<string, readonly string[]>>()

/** From each computed field to the fields that it looks at. */
function graphOf(context: ModelContext): ReadonlyMap<string, readonly string[]> {
  const known = graphs.get(context.definitions)
  if (known !== undefined) return known
  const graph = new Map<string, readonly string[]>()
  for (const entity of context.definitions.entity.values()) {
    for (const field of entity.fields) {
      const targets = fieldsIn(computedReferences(context, entity.name, field, ''))
      const ruled = (tagRulesOf(context.definitions, entity.name).get(field.name) ?? []).flatMap((rule) =>
        fieldsIn(ruleReferences(context, entity.name, rule.when, '')),
      )
      const all = [...targets, ...ruled]
      if (all.length > 0) graph.set(nodeOf(entity.name, field.name), all)
    }
  }
  graphs.set(context.definitions, graph)
  return graph
}

function fieldsIn(references: readonly Reference[]): readonly string[] {
  return references.flatMap(({ to }) =>
    to.kind === 'entity' && to.item !== undefined ? [nodeOf(to.name, to.item)] : [],
  )
}

function invalid(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}
