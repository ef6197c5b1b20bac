import type { EntityDefinition, StageAction } from '../../../metadata/types.ts'
import { type LocalText, type Problem, problem } from '../../errors.ts'
import { pointer } from '../pointer.ts'
import { fieldOf, optionTarget, relationOf, targetsOf } from './follow.ts'
import type { ModelContext, Reference } from './kind-spec.ts'
import { actionProblems, actionReferences } from './stage-action-check.ts'

/** Each target as the action that makes it, and the converted record as one that is changed. */
function actionsOf(
  { name, convert }: EntityDefinition,
  context: ModelContext,
): readonly { readonly action: StageAction; readonly at: string }[] {
  if (convert === undefined) return []
  const made = convert.to.map(({ entity, set }, index) => ({
    action: { do: 'create' as const, entity, set: set ?? {} },
    at: pointer('convert', 'to', index),
  }))
  // Moving on is what a conversion does to its record; an action of a stage does not move.
  const set = Object.entries(convert.set ?? {}).filter(([key]) => !isStage(context, name, key))
  const own = { do: 'update' as const, set: Object.fromEntries(set) }
  return [...made, { action: own, at: '/convert' }]
}

function isStage(context: ModelContext, entity: string, field: string): boolean {
  return fieldOf(context, entity, field)?.definition.type === 'stage'
}

/** The stages into which the converted record comes, each with the place where it is said. */
function stagesSet({ name, convert }: EntityDefinition, context: ModelContext) {
  return Object.entries(convert?.set ?? {}).flatMap(([key, value]) => {
    const place = isStage(context, name, key) ? fieldOf(context, name, key) : undefined
    return place === undefined ? [] : [{ place, value, path: `/convert/set${pointer(key)}` }]
  })
}

/** What the origin and the conversion of an entity mention. */
export function conversionReferences(
  definition: EntityDefinition,
  context: ModelContext,
): readonly Reference[] {
  const { name, origin, convert } = definition
  const field = (entity: string, item: string, path: string, more: object = {}): readonly Reference[] =>
    fieldOf(context, entity, item)?.system === true
      ? []
      : [{ path, to: { kind: 'entity', name: entity, item }, ...more }]
  return [
    ...(origin === undefined ? [] : field(name, origin, '/origin')),
    ...actionsOf(definition, context).flatMap(({ action, at }) =>
      actionReferences(context, name, action, at),
    ),
    ...stagesSet(definition, context).flatMap(({ place, value, path }): readonly Reference[] => {
      const to = typeof value === 'string' ? optionTarget(context, place, value) : undefined
      return [
        { path, to: { kind: 'entity', name, item: place.definition.name }, inKey: true },
        ...(to === undefined ? [] : [{ path, to }]),
      ]
    }),
    ...(convert?.to ?? []).flatMap(({ entity, link, links = {} }, index) => {
      const at = pointer('convert', 'to', index)
      return [
        ...(link === undefined ? [] : field(name, link, `${at}/link`)),
        ...Object.keys(links).flatMap((key) =>
          field(entity, key, `${at}/links${pointer(key)}`, { inKey: true }),
        ),
      ]
    }),
  ]
}

/** The faults of the origin and the conversion of an entity. */
export function conversionProblems(definition: EntityDefinition, context: ModelContext): readonly Problem[] {
  const { name, origin, convert } = definition
  const place = origin === undefined ? undefined : fieldOf(context, name, origin)
  const isWay = place === undefined || relationOf(place)?.kind === 'one'
  const earlier = new Map([['record', name]])
  return [
    ...(isWay ? [] : [unfit('/origin', NO_LOOKUP)]),
    ...actionsOf(definition, context).flatMap(({ action, at }) => actionProblems(context, name, action, at)),
    ...stagesSet(definition, context).flatMap(({ value, path }) =>
      typeof value === 'string' ? [] : [unfit(path, NO_STAGE)],
    ),
    ...(convert?.to ?? []).flatMap(({ name: own, entity, link, links = {} }, index) => {
      const at = pointer('convert', 'to', index)
      const isTwice = earlier.has(own)
      const problems = [
        ...(isTwice ? [problem('META_NAME_DUPLICATE', `${at}/name`, { params: { name: own } })] : []),
        ...(link === undefined ? [] : linkProblems(context, name, link, entity, `${at}/link`)),
        ...Object.entries(links).flatMap(([key, to]) => {
          const target = earlier.get(to)
          const path = `${at}/links${pointer(key)}`
          return target === undefined
            ? [unfit(path, UNKNOWN_TARGET)]
            : linkProblems(context, entity, key, target, path)
        }),
      ]
      earlier.set(own, entity)
      return problems
    }),
  ]
}

function linkProblems(
  context: ModelContext,
  holder: string,
  field: string,
  to: string,
  path: string,
): readonly Problem[] {
  const place = fieldOf(context, holder, field)
  if (place === undefined) return [] // the check of references has reported it
  const kind = relationOf(place)?.kind
  const leads = kind !== undefined && kind !== 'children' && targetsOf(context, place).includes(to)
  return leads ? [] : [unfit(path, NO_WAY)]
}

function unfit(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}

const NO_LOOKUP = { en: 'the field is no lookup', 'zh-CN': '该字段不是查找字段' }
const NO_STAGE = { en: 'the name of a stage', 'zh-CN': '应为阶段名称' }
const NO_WAY = { en: 'the field does not lead to that entity', 'zh-CN': '该字段不指向该实体' }
const UNKNOWN_TARGET = {
  en: 'no earlier target has that name; “record” is the one that is converted',
  'zh-CN': '没有该名称的先前目标；record 指被转化的记录',
}
