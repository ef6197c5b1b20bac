import { checkRule } from '../../../metadata/rules/check-rule.ts'
import { type LocalText, type Problem, problem } from '../../errors.ts'
import { pointer } from '../pointer.ts'
import { defaultProblems } from './field-default.ts'
import { type FlowPlace, flowScope } from './flow-place.ts'
import { fieldOf, type PlacedField, relationOf } from './follow.ts'
import { isPeople, peopleProblems } from './people.ts'
import { isWorkedOut, literalOf } from './stage-action-check.ts'

/** Whether the field holds users, so that people may stand in its slot. */
export function takesPeople(place: PlacedField): boolean {
  const relation = relationOf(place)
  return (relation?.kind === 'one' || relation?.kind === 'many') && relation.to === 'user'
}

/** The faults of values by field of a target. */
export function valuesProblems(
  place: FlowPlace,
  target: string,
  set: Readonly<Record<string, unknown>>,
  at: string,
): readonly Problem[] {
  return Object.entries(set).flatMap(([name, value]) =>
    slotProblems(place, target, name, value, at + pointer(name)),
  )
}

function slotProblems(
  place: FlowPlace,
  target: string,
  name: string,
  value: unknown,
  at: string,
): readonly Problem[] {
  const { context, entity } = place
  const field = fieldOf(context, target, name)
  const type = field?.type
  if (field === undefined || type === undefined) return [] // the check of references tells it
  if ((field.system && name !== 'owner') || type.generated === true || type.computed !== undefined)
    return [unfit(at, NOT_GIVEN)]
  if (takesPeople(field) && isPeople(value))
    return peopleProblems(context, entity, flowScope(place), value, at)
  if (isWorkedOut(value)) {
    const relation = relationOf(field)
    if (relation?.kind === 'dynamic') return dynamicProblems(place, relation.to, value, at)
    if (type.rule === undefined) return [unfit(at, NOT_GIVEN)]
    const { problems } = checkRule(value, flowScope(place), type.rule.type, { runner: 'engine' })
    return problems.map((fault) => ({ ...fault, path: at + fault.path }))
  }
  const literal = literalOf(value)
  if (literal === null) return []
  if (type.writeOnly === true || type.sealing !== undefined) return [unfit(at, NOT_GIVEN)]
  const whole = { ...field.definition, default: literal }
  return defaultProblems(context, target, whole, type).map((fault) => ({ ...fault, path: at + fault.path }))
}

/** A dynamic lookup takes the flow's own record: `{"var": "id"}`, or one with a name of its own. */
function dynamicProblems(
  place: FlowPlace,
  to: readonly string[],
  value: unknown,
  at: string,
): readonly Problem[] {
  const { problems } = checkRule(value, flowScope(place), 'id', { runner: 'engine' })
  if (problems.length > 0) return problems.map((fault) => ({ ...fault, path: at + fault.path }))
  const entity = entityOfId(place, value)
  return entity !== undefined && (to.length === 0 || to.includes(entity)) ? [] : [unfit(at, NO_TARGET)]
}

/** Of which entity's record a rule gives the id: `{"var": "id"}`, `{"var": "item"}`, `{"var": "account"}`. */
export function entityOfId(place: FlowPlace, value: unknown): string | undefined {
  const path = (value as { readonly var?: unknown }).var
  if (typeof path !== 'string') return undefined
  if (path === 'id' || path === 'record.id') return place.entity
  const scope = flowScope(place)
  if (scope.resolve(path)?.type !== 'id') return undefined
  const steps = path.split('.')
  if (place.item !== undefined && steps[0] === 'item' && (steps.length === 1 || steps[1] === 'id'))
    return place.item
  if (steps[0] === 'steps') return place.earlier.get(steps[1] ?? '')?.entity
  const field = place.entity === undefined ? undefined : fieldOf(place.context, place.entity, path)
  const relation = field === undefined ? undefined : relationOf(field)
  return relation?.kind === 'one' ? relation.to : undefined
}

/** What can be added to a field: an amount to a number, items to a list. */
export function amountsProblems(
  place: FlowPlace,
  target: string,
  add: Readonly<Record<string, unknown>>,
  at: string,
): readonly Problem[] {
  return Object.entries(add).flatMap(([name, value]): readonly Problem[] => {
    const field = fieldOf(place.context, target, name)
    const type = field?.type?.rule?.type
    if (field === undefined) return []
    if (type === 'number' && field.type?.generated !== true && !field.system) {
      if (typeof value === 'number') return []
      const { problems } = checkRule(value, flowScope(place), 'number', { runner: 'engine' })
      return problems.map((fault) => ({ ...fault, path: at + pointer(name) + fault.path }))
    }
    if (type === 'texts' && Array.isArray(value))
      return slotProblems(place, target, name, value, at + pointer(name))
    return [unfit(at + pointer(name), NOT_ADDED)]
  })
}

function unfit(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}

const NOT_GIVEN = { en: 'nobody fills this field so', 'zh-CN': '该字段不能这样填写' }
const NO_TARGET = { en: 'the field does not lead to such a record', 'zh-CN': '该字段不能指向这类记录' }
const NOT_ADDED = {
  en: 'amounts are added to numbers, lists of texts to tags and multi-selects',
  'zh-CN': '只能对数字字段累加数值，或对标签、多选字段加入列表',
}
