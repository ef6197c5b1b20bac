import { OPERATORS } from '../../../metadata/rules/catalogue.ts'
import { checkRule } from '../../../metadata/rules/check-rule.ts'
import type { PipelineDefinition, StageAction } from '../../../metadata/types.ts'
import { type LocalText, type Problem, problem } from '../../errors.ts'
import { builtIn } from '../built-in.ts'
import { isRecord, pointer } from '../pointer.ts'
import { TASK, taskFields } from '../task-fields.ts'
import { defaultProblems } from './field-default.ts'
import { fieldOf, fieldsOf, relationOf } from './follow.ts'
import type { ModelContext, Reference } from './kind-spec.ts'
import { ruleReferences } from './rule-mentions.ts'
import { ruleScope } from './rule-scope.ts'

type Stage = PipelineDefinition['stages'][number]
type Todo = NonNullable<Stage['todo']>[number]

/** Whether a value of an action is worked out: an object whose only key is an operator. */
export function isWorkedOut(value: unknown): boolean {
  if (!isRecord(value)) return false
  const keys = Object.keys(value)
  return keys.length === 1 && (keys[0] === 'var' || OPERATORS.has(keys[0]!))
}

/** A value of an action that is taken as it is. */
export function literalOf(value: unknown): unknown {
  return isRecord(value) && Object.keys(value).length === 1 && 'literal' in value ? value.literal : value
}

/** The entity whose record an action changes or makes; undefined where nothing leads there. */
export function targetOf(context: ModelContext, entity: string, action: StageAction): string | undefined {
  if (action.do === 'create') return action.entity
  if (action.record === undefined) return entity
  const place = fieldOf(context, entity, action.record)
  const relation = place === undefined ? undefined : relationOf(place)
  return relation?.kind === 'one' ? relation.to : undefined
}

/** What an action mentions. @param at of the action */
export function actionReferences(
  context: ModelContext,
  entity: string,
  action: StageAction,
  at: string,
): readonly Reference[] {
  const target = targetOf(context, entity, action)
  const field = (of: string, name: string, path: string, more: object = {}): readonly Reference[] =>
    fieldOf(context, of, name)?.system === true
      ? []
      : [{ path, to: { kind: 'entity', name: of, item: name }, ...more }]
  return [
    ...(action.record === undefined ? [] : field(entity, action.record, `${at}/record`)),
    ...(action.entity === undefined
      ? []
      : [{ path: `${at}/entity`, to: { kind: 'entity' as const, name: action.entity } }]),
    ...(target === undefined || action.field === undefined ? [] : field(target, action.field, `${at}/field`)),
    ...Object.entries(action.set ?? {}).flatMap(([name, value]) => [
      ...(target === undefined ? [] : field(target, name, `${at}/set${pointer(name)}`, { inKey: true })),
      ...(isWorkedOut(value) ? ruleReferences(context, entity, value, `${at}/set${pointer(name)}`) : []),
    ]),
  ]
}

/** The faults of an action. @param at of the action */
export function actionProblems(
  context: ModelContext,
  entity: string,
  action: StageAction,
  at: string,
): readonly Problem[] {
  const unfit = (path: string, reason: LocalText) =>
    problem('META_VALUE_INVALID', at + path, { params: { reason } })
  const wanted = WANTED[action.do]
  const given = Object.keys(action).filter((key) => key !== 'do')
  const shape = [
    ...given.filter((key) => !wanted.all.includes(key)).map((key) => unfit(`/${key}`, OUT_OF_PLACE)),
    ...wanted.needed.filter((key) => !given.includes(key)).map((key) => unfit('', missing(key))),
    ...(action.do === 'tag' && action.add === undefined && action.remove === undefined
      ? [unfit('', missing('add'))]
      : []),
  ]
  const target = targetOf(context, entity, action)
  if (shape.length > 0 || target === undefined) {
    const isKnown = action.record !== undefined && fieldOf(context, entity, action.record) !== undefined
    return [...shape, ...(isKnown && target === undefined ? [unfit('/record', NO_LOOKUP)] : [])]
  }
  if (builtIn('entity', target) !== undefined) return [unfit('', OWN_ENTITY)]
  if (action.do === 'tag') {
    return tagsField(context, target, action.field) === undefined ? [unfit('/field', NO_TAGS)] : []
  }
  return Object.entries(action.set ?? {}).flatMap(([name, value]) =>
    valueProblems(context, entity, target, name, value, `${at}/set${pointer(name)}`),
  )
}

/** The field of tags of an entity: the one that is named, or the only one. */
function tagsField(context: ModelContext, entity: string, name: string | undefined): string | undefined {
  const tags = [...fieldsOf(context, entity).values()].filter(({ definition }) => definition.type === 'tags')
  const found = name === undefined ? (tags.length === 1 ? tags[0] : undefined) : undefined
  return (found ?? tags.find(({ definition }) => definition.name === name))?.definition.name
}

const WANTED = {
  update: { needed: ['set'], all: ['set', 'record'] },
  create: { needed: ['entity', 'set'], all: ['entity', 'set'] },
  tag: { needed: [], all: ['record', 'field', 'add', 'remove'] },
} as const satisfies Record<
  StageAction['do'],
  { readonly needed: readonly string[]; readonly all: readonly string[] }
> as Record<StageAction['do'], { readonly needed: readonly string[]; readonly all: readonly string[] }>

function valueProblems(
  context: ModelContext,
  entity: string,
  target: string,
  name: string,
  value: unknown,
  at: string,
): readonly Problem[] {
  const place = fieldOf(context, target, name)
  const type = place?.type
  if (place === undefined || type === undefined) return []
  const unfit = (reason: LocalText) => [problem('META_VALUE_INVALID', at, { params: { reason } })]
  const isGiven = !place.system || name === 'owner'
  if (!isGiven || type.generated === true || type.writeOnly === true) return unfit(NOT_GIVEN)
  if (type.name === 'stage') return unfit(NO_STAGE)
  if (isWorkedOut(value)) {
    if (type.rule === undefined || type.relation?.(place.definition)?.kind === 'dynamic')
      return unfit(NOT_GIVEN)
    const { problems } = checkRule(value, ruleScope(context, entity), type.rule.type)
    return problems.map((fault) => ({ ...fault, path: at + fault.path }))
  }
  const literal = literalOf(value)
  if (literal === null) return []
  const whole = { ...place.definition, default: literal }
  return defaultProblems(context, target, whole, type).map((fault) => ({
    ...fault,
    path: at + fault.path,
  }))
}

/** Whether the to-do items of a stage can become tasks. @param at of the stage */
export function todoProblems(
  context: ModelContext,
  entity: string,
  todo: readonly Todo[],
  at: string,
): readonly Problem[] {
  if (todo.length === 0) return []
  const unfit = (path: string, reason: LocalText) =>
    problem('META_VALUE_INVALID', at + path, { params: { reason } })
  const task = context.definitions.entity.get(TASK)
  if (task === undefined) return [unfit('/todo', NO_TASKS)]
  const fields = taskFields(task.fields, task.title, entity)
  const isDue = todo.some(({ due }) => due !== undefined)
  const whole = [
    ...(fields?.about === undefined ? [unfit('/todo', NO_ABOUT)] : []),
    ...(isDue && fields?.due === undefined ? [unfit('/todo', NO_DUE)] : []),
    ...(task.owned === true ? [] : [unfit('/todo', NO_OWNER)]),
  ]
  const people = todo.flatMap(({ to }, index) => {
    const place = to === undefined ? undefined : fieldOf(context, entity, to.field)
    const relation = place === undefined ? undefined : relationOf(place)
    if (place === undefined || (relation?.kind === 'one' && relation.to === 'user')) return []
    return [unfit(pointer('todo', index, 'to', 'field'), NO_USER)]
  })
  return [...whole, ...people]
}

const missing = (key: string): LocalText => ({ en: `“${key}” is missing`, 'zh-CN': `缺少“${key}”` })
const OUT_OF_PLACE = { en: 'this action does not take it', 'zh-CN': '此动作不使用该项' }
const NO_LOOKUP = { en: 'the field is no lookup to one entity', 'zh-CN': '该字段不是指向单一实体的查找字段' }
const OWN_ENTITY = {
  en: 'records of the engine’s own entities are not changed by a stage',
  'zh-CN': '阶段动作不能更改系统自带实体的记录',
}
const NO_TAGS = {
  en: 'there is no such field of tags, or more than one',
  'zh-CN': '没有该标签字段，或标签字段不止一个',
}
const NOT_GIVEN = { en: 'nobody fills this field so', 'zh-CN': '该字段不能这样填写' }
const NO_STAGE = { en: 'a stage is not moved by a stage', 'zh-CN': '阶段动作不能变更阶段' }
const NO_TASKS = { en: 'there is no entity “task”', 'zh-CN': '没有实体“task”' }
const NO_ABOUT = { en: 'tasks have no lookup to this entity', 'zh-CN': '任务没有指向本实体的查找字段' }
const NO_DUE = {
  en: 'tasks have no date “due_at” or “due_on”',
  'zh-CN': '任务没有“due_at”或“due_on”日期字段',
}
const NO_OWNER = { en: 'tasks have no owner', 'zh-CN': '任务没有负责人' }
const NO_USER = { en: 'the field holds no user', 'zh-CN': '该字段不保存用户' }
