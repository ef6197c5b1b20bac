import type { EntityDefinition, FieldDefinition } from '../../metadata/types.ts'
import type { LocalText } from '../errors.ts'
import type { FieldType, Relation } from '../registry/field-type.ts'
import { convertibility } from './conversion/convertible.ts'
import { changedKeys, type DiffContext, inForce, keyTitles, makeStep, sortedText } from './diff-context.ts'
import { diffItems, isReordered, joinLists, type ListItem, OPTION_STEPS, ORDER } from './diff-items.ts'
import { optionNames } from './kinds/follow.ts'
import type { ModelContext } from './kinds/kind-spec.ts'
import type { CountQuery, Step } from './steps.ts'

/** Keys that belong to a type and go with it. */
const TOLD_BY_TYPE = [
  'min',
  'max',
  'scale',
  'options',
  'optionSet',
  'optionsOf',
  'dependsOn',
  'currencyField',
  'rows',
]

/** One field on both sides. */
export interface FieldPair {
  readonly entity: EntityDefinition
  /** As it is in force. */
  readonly original: FieldDefinition
  /** The same with the candidate's names. */
  readonly before: FieldDefinition
  readonly after: FieldDefinition
}

const REFUSED: LocalText = {
  en: 'There is no reading of one as the other. Add a new field and retire this one.',
  'zh-CN': '两种类型的值无法互相转换。请新增一个字段，并停用此字段。',
}
/** What is said of a change of type that loses nothing. */
export const ALL_KEPT: LocalText = {
  en: 'Each value is carried over; what stands there now is kept for the way back.',
  'zh-CN': '所有值都会转换；原来的值会保留，可随时恢复。',
}
const SOME_LOST: LocalText = {
  en: 'Values without a counterpart are left empty; what stands there now is kept for the way back.',
  'zh-CN': '无法转换的值将留空；原来的值会保留，可随时恢复。',
}

const WHAT_BECOMES = {
  safe: { note: ALL_KEPT },
  lossy: { tag: 'lossy', safeWhenNone: true, note: SOME_LOST },
  refused: { tag: 'blocked', note: REFUSED },
} as const

/** What happens to a field that stands on both sides; uniqueness is the entity's matter. */
export function diffField(pair: FieldPair, context: DiffContext): readonly Step[] {
  const { entity, original, after } = pair
  const of = { key: after.name, called: after }
  const renamed =
    original.name === after.name
      ? []
      : [makeStep('renameField', entity, { of, from: original.name, to: after.name })]
  const stored = diffStorage(pair, context)
  if (stored?.tag === 'blocked') return [...renamed, stored]
  if (stored !== undefined) return [...renamed, stored, ...diffKeys(pair, TOLD_BY_TYPE, context)]
  const [targets, options] = [diffTargets(pair, context), diffOptions(pair, context)]
  const told = [
    ...(targets.length > 0 ? ['to', 'toFeature'] : []),
    ...(options.length > 0 || areInline(pair) ? ['options', 'optionSet', 'optionsOf'] : []),
  ]
  return [...renamed, ...targets, ...options, ...diffKeys(pair, told, context)]
}

/** Another type, other columns, another entity to lead to: what becomes of the values. */
function diffStorage(
  { entity, before, after }: FieldPair,
  { base, candidate }: DiffContext,
): Step | undefined {
  const of = { key: after.name, called: after }
  const [old, type] = [candidate.registry.typeOf(before), candidate.registry.typeOf(after)]
  if (before.type !== after.type) {
    const list = {
      en: `${old?.label.en ?? before.type} → ${type?.label.en ?? after.type}`,
      'zh-CN': `${old?.label['zh-CN'] ?? before.type} → ${type?.label['zh-CN'] ?? after.type}`,
    }
    const how = convertibility(
      { model: base, entity: entity.name, definition: before },
      { model: candidate, entity: entity.name, definition: after },
    )
    return makeStep('changeFieldType', entity, { of, list, ...WHAT_BECOMES[how ?? 'refused'] })
  }
  if (type === undefined) return undefined
  if (sortedText(type.columns(before)) !== sortedText(type.columns(after))) {
    const list = { en: type.label.en, 'zh-CN': type.label['zh-CN'] }
    return makeStep('changeFieldType', entity, { of, tag: 'blocked', note: REFUSED, list })
  }
  const [from, to] = [singleTarget(type, before), singleTarget(type, after)]
  if (from === to || from === undefined || to === undefined) return undefined
  const list = { en: `“${from}” → “${to}”`, 'zh-CN': `“${from}” → “${to}”` }
  return makeStep('changeFieldTarget', entity, { of, tag: 'blocked', note: REFUSED, list })
}

function singleTarget(type: FieldType, field: FieldDefinition): string | undefined {
  const relation = type.relation?.(field)
  return relation?.kind === 'one' || relation?.kind === 'many' ? relation.to : undefined
}

/** A dynamic lookup may lead to more entities at any time; to fewer, once no record points there. */
function diffTargets(pair: FieldPair, context: DiffContext): readonly Step[] {
  const { entity, original, before, after } = pair
  const { registry } = context.candidate
  const [old, now] = [
    dynamicTargets(registry.typeOf(before)?.relation?.(before)),
    dynamicTargets(registry.typeOf(after)?.relation?.(after)),
  ]
  const gone = old.filter((name) => !now.includes(name))
  const place = inForce(context, entity, original)
  if (gone.length === 0 || place === undefined) return []
  const targets = gone.flatMap((name) => {
    const id = context.candidate.definitions.entity.get(name)?.id
    return [(id === undefined ? undefined : context.inForce.get(id)) ?? { name, id: id ?? name }]
  })
  return [
    makeStep('changeFieldTarget', entity, {
      of: { key: after.name, called: after },
      tag: 'blocked',
      safeWhenNone: true,
      counts: [{ ...place, where: 'pointsTo', targets }],
      note: { en: 'Records still point there.', 'zh-CN': '仍有记录指向这些实体。' },
      list: { en: `no longer ${gone.join(', ')}`, 'zh-CN': `不再包括${gone.join('、')}` },
    }),
  ]
}

function dynamicTargets(relation: Relation | undefined): readonly string[] {
  return relation?.kind === 'dynamic' ? relation.to : []
}

/** Inline options item by item; options from elsewhere by what can no longer be chosen. */
function diffOptions(pair: FieldPair, context: DiffContext): readonly Step[] {
  const { entity, original, before, after } = pair
  const place = inForce(context, entity, original)
  const [old, now] = [inlineOptions(before), inlineOptions(after)]
  if (old !== undefined && now !== undefined) {
    return diffItems({
      definition: entity,
      original: inlineOptions(original) ?? [],
      before: old,
      after: now,
      outer: after,
      holders: place === undefined ? [] : [place],
      kinds: OPTION_STEPS,
      context,
    })
  }
  if (before.optionSet === after.optionSet && before.optionsOf === after.optionsOf) return []
  const values = gone(before, after, entity.name, context)
  if (values.length === 0 || place === undefined) return []
  return [
    makeStep('changeField', entity, {
      of: { key: after.name, called: after },
      tag: 'lossy',
      safeWhenNone: true,
      counts: [{ ...place, where: 'option', values }],
      list: { en: `no longer ${values.join(', ')}`, 'zh-CN': `不再包括${values.join('、')}` },
    }),
  ]
}

function inlineOptions(field: FieldDefinition): readonly ListItem[] | undefined {
  return Array.isArray(field.options) ? (field.options as readonly ListItem[]) : undefined
}

function gone(
  before: FieldDefinition,
  after: FieldDefinition,
  entity: string,
  context: DiffContext,
): readonly string[] {
  const names = (model: ModelContext, definition: FieldDefinition) =>
    optionNames(model, { entity, definition, type: undefined, system: false }) ?? []
  const now = new Set(names(context.candidate, after))
  return names(context.base, before).filter((name) => !now.has(name))
}

/** Keys that have steps of their own. */
const TOLD_ELSEWHERE = ['id', 'name', 'type', 'unique', 'searchable']

function areInline({ before, after }: FieldPair): boolean {
  return inlineOptions(before) !== undefined && inlineOptions(after) !== undefined
}

function diffKeys(pair: FieldPair, told: readonly string[], context: DiffContext): readonly Step[] {
  const { entity, before, after } = pair
  const keys = changedKeys(before, after, [...TOLD_ELSEWHERE, ...told])
  const isMoved = isReordered(inlineOptions(before) ?? [], inlineOptions(after) ?? [])
  if (keys.length === 0 && !isMoved) return []
  const list = joinLists([
    keyTitles(context, 'entity', keys, { type: after.type }),
    ...(isMoved ? [ORDER] : []),
  ])
  const counts = narrowed(pair, context)
  return [
    makeStep('changeField', entity, {
      of: { key: after.name, called: after },
      list,
      counts,
      ...(counts.length === 0 ? {} : { note: NARROWED }),
    }),
  ]
}

const NARROWED: LocalText = {
  en: 'Records that would not pass stay as they are until someone changes that field.',
  'zh-CN': '不符合新要求的记录保持不变，直到有人修改该字段。',
}

/** Counts of records that would not pass what is now asked for. */
function narrowed(
  { entity, original, before, after }: FieldPair,
  context: DiffContext,
): readonly CountQuery[] {
  const place = inForce(context, entity, original)
  if (place === undefined) return []
  const type = context.candidate.registry.typeOf(after)
  const ruleType = type?.rule?.type
  const required: readonly CountQuery[] =
    after.required === true && before.required !== true ? [{ ...place, where: 'null' }] : []
  const max = lowered(limitOf(before, 'max', type), limitOf(after, 'max', type))
  const min = raised(limitOf(before, 'min', type), limitOf(after, 'min', type))
  if (ruleType === 'text' && max !== undefined)
    return [...required, { ...place, where: 'longer', limit: max }]
  if (ruleType !== 'number' || (max === undefined && min === undefined)) return required
  const range = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
  return [...required, { ...place, where: 'outOfRange', ...range }]
}

/** A limit as it holds: what is written, or what the type takes when nothing is. */
function limitOf(field: FieldDefinition, key: string, type: FieldType | undefined): number | undefined {
  const limit = field[key] ?? type?.configSchema.properties[key]?.default
  return typeof limit === 'number' ? limit : undefined
}

/** The new limit where it is tighter than the old one, which may have been none. */
function lowered(from: number | undefined, to: number | undefined): number | undefined {
  return to !== undefined && (from === undefined || to < from) ? to : undefined
}

function raised(from: number | undefined, to: number | undefined): number | undefined {
  return to !== undefined && (from === undefined || to > from) ? to : undefined
}

/** A field that is no longer there: its values are kept for a while. */
export function retireField(
  entity: EntityDefinition,
  original: FieldDefinition,
  before: FieldDefinition,
  context: DiffContext,
): Step {
  const of = { key: before.name, called: before }
  const place = inForce(context, entity, original)
  const isListOfOthers = context.base.registry.typeOf(before)?.relation?.(before)?.kind === 'children'
  if (place === undefined || isListOfOthers) return makeStep('retireField', entity, { of })
  return makeStep('retireField', entity, {
    of,
    tag: 'lossy',
    safeWhenNone: true,
    counts: [{ ...place, where: 'notNull' }],
  })
}
