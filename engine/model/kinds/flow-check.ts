import { checkRule } from '../../../metadata/rules/check-rule.ts'
import { parseDuration } from '../../../metadata/rules/durations.ts'
import { withinList } from '../../../metadata/rules/scopes.ts'
import { readValueSlot } from '../../../metadata/rules/value-slot.ts'
import type { FlowDefinition, FlowStep, FlowTrigger, Limit } from '../../../metadata/types.ts'
import { type LocalText, type Problem, problem } from '../../errors.ts'
import type { ParameterUse } from '../../registry/action.ts'
import { operationsOf } from '../../registry/connector.ts'
import { scheduleFault } from '../flow-schedule.ts'
import { isRecord, pointer } from '../pointer.ts'
import { assignmentsOf } from './assignment-place.ts'
import { entityOfTrigger, OUTCOMES } from './flow-entity.ts'
import {
  blocksOf,
  type FlowPlace,
  flowScope,
  followWay,
  type PlacedStep,
  placedSteps,
  recordsEntity,
  TRIGGER_STEP,
  triggerScope,
} from './flow-place.ts'
import { amountsProblems, valuesProblems } from './flow-values.ts'
import { fieldOf } from './follow.ts'
import type { ModelContext } from './kind-spec.ts'
import { peopleProblems } from './people.ts'
import { ruleScope } from './rule-scope.ts'

/** The faults of a flow beyond shape and references. */
export function checkFlow(flow: FlowDefinition, context: ModelContext): readonly Problem[] {
  const { trigger } = flow
  const entity = entityOfTrigger(trigger, context.definitions)
  const placed = placedSteps(flow, context)
  return [
    ...triggerProblems(trigger, context),
    ...(entity === undefined || !context.definitions.entity.has(entity) || flow.key === undefined
      ? []
      : ruleFaults(flow.key, 'any', triggerScope(context, entity), '/key')),
    ...(entity === undefined && trigger.approval === undefined && flow.key !== undefined
      ? [unfit('/key', NO_RECORD)]
      : []),
    ...namesTwice(placed, trigger.event === undefined ? [] : [TRIGGER_STEP]),
    ...unreachable(flow.steps, '/steps', placed),
    ...((entity !== undefined && !context.definitions.entity.has(entity)) ||
    (entity === undefined && trigger.approval !== undefined)
      ? [] // the check of references has reported it
      : placed.flatMap(stepProblems)),
  ]
}

const FORMS = ['on', 'time', 'schedule', 'button', 'event'] as const

function triggerProblems(trigger: FlowTrigger, context: ModelContext): readonly Problem[] {
  const forms = FORMS.filter((form) => trigger[form] !== undefined)
  if (forms.length !== 1) return [unfit('/trigger', ONE_FORM)]
  const { record, on = [], fields, via, time, schedule, when } = trigger
  if (schedule !== undefined) {
    const stray = (['record', 'fields', 'via', 'when'] as const).filter((key) => trigger[key] !== undefined)
    const fault = scheduleFault(schedule)
    return [
      ...stray.map((key) => unfit(`/trigger/${key}`, NOT_OF_SCHEDULE)),
      ...(fault === undefined ? [] : [unfit('/trigger/schedule', fault)]),
    ]
  }
  if (trigger.event !== undefined) return eventTriggerProblems(trigger, context)
  if (trigger.gives !== undefined) return [unfit('/trigger/gives', ONLY_EVENT)]
  if (trigger.approval !== undefined) return approvalProblems(trigger, context)
  if (record === undefined) return [unfit('/trigger', RECORD_MISSING)]
  return [
    ...(record === 'notification' ? [unfit('/trigger/record', NO_TRIGGER)] : []),
    ...on.flatMap((one, index) =>
      isOutcome(one) ? [unfit(`/trigger/on${pointer(index)}`, ONLY_APPROVAL)] : [],
    ),
    ...(fields !== undefined && !on.includes('changed') ? [unfit('/trigger/fields', ONLY_CHANGED)] : []),
    ...(via !== undefined && trigger.on === undefined ? [unfit('/trigger/via', ONLY_ON)] : []),
    ...(time === undefined ? [] : timeProblems(time, record, context)),
    ...(when === undefined || !context.definitions.entity.has(record)
      ? []
      : ruleFaults(when, 'condition', triggerScope(context, record), '/trigger/when')),
  ]
}

/** An event is about no record. */
function eventTriggerProblems(trigger: FlowTrigger, context: ModelContext): readonly Problem[] {
  const stray = (['record', 'approval', 'fields', 'via', 'when'] as const).filter(
    (key) => trigger[key] !== undefined,
  )
  return [
    ...stray.map((key) => unfit(`/trigger/${key}`, NOT_OF_EVENT)),
    ...eventProblems(context, trigger.event, '/trigger/event'),
  ]
}

/** An outcome of an approval is about the record that was submitted. */
function approvalProblems(trigger: FlowTrigger, context: ModelContext): readonly Problem[] {
  const { on = [], when } = trigger
  const stray = (['record', 'fields', 'via'] as const).filter((key) => trigger[key] !== undefined)
  const entity = entityOfTrigger({ ...trigger, record: undefined }, context.definitions)
  return [
    ...stray.map((key) => unfit(`/trigger/${key}`, NOT_OF_APPROVAL)),
    ...(trigger.on === undefined ? [unfit('/trigger', OUTCOME_MISSING)] : []),
    ...on.flatMap((one, index) =>
      isOutcome(one) ? [] : [unfit(`/trigger/on${pointer(index)}`, NO_OUTCOME)],
    ),
    ...(when === undefined || entity === undefined || !context.definitions.entity.has(entity)
      ? []
      : ruleFaults(when, 'condition', triggerScope(context, entity), '/trigger/when')),
  ]
}

function isOutcome(name: string): boolean {
  return (OUTCOMES as readonly string[]).includes(name)
}

function timeProblems(
  time: NonNullable<FlowTrigger['time']>,
  entity: string,
  context: ModelContext,
): readonly Problem[] {
  const both = time.before !== undefined && time.after !== undefined
  return [
    ...(both ? [unfit('/trigger/time', BEFORE_OR_AFTER)] : []),
    ...durationProblems(
      time.before ?? time.after,
      `/trigger/time/${time.before === undefined ? 'after' : 'before'}`,
    ),
    ...dateProblems(context, entity, time.field, '/trigger/time/field'),
  ]
}

function dateProblems(context: ModelContext, entity: string, name: string, at: string): readonly Problem[] {
  const field = fieldOf(context, entity, name)
  const type = field?.type?.rule?.type
  return field === undefined || type === 'date' || type === 'datetime' ? [] : [unfit(at, NO_DATE)]
}

function durationProblems(text: string | undefined, at: string): readonly Problem[] {
  return text === undefined || parseDuration(text) !== undefined ? [] : [unfit(at, NO_DURATION)]
}

function namesTwice(placed: readonly PlacedStep[], taken: readonly string[]): readonly Problem[] {
  const seen = new Set<string>(taken)
  return placed.flatMap(({ step, at }) => {
    if (step.name === undefined) return []
    const isFree = !seen.has(step.name)
    seen.add(step.name)
    return isFree ? [] : [problem('META_NAME_DUPLICATE', `${at}/name`, { params: { name: step.name } })]
  })
}

/** Steps behind one that ends the flow whatever happens. */
function unreachable(
  list: readonly FlowStep[],
  at: string,
  placed: readonly PlacedStep[],
): readonly Problem[] {
  const end = list.findIndex((step) => ends(step))
  const below = list.flatMap((step, index) => {
    const action = placed.find((one) => one.step === step)?.action
    return blocksOf(action, step).flatMap(({ steps, path }) =>
      unreachable(steps, at + pointer(index) + path, placed),
    )
  })
  if (end === -1 || end === list.length - 1) return below
  const name = list[end + 1]!.name ?? list[end + 1]!.do
  return [problem('META_STEP_UNREACHABLE', at + pointer(end + 1), { params: { name } }), ...below]
}

function ends(step: FlowStep): boolean {
  if (step.do === 'stop') return true
  if (step.do !== 'branch' || step.else === undefined) return false
  return [step.then, step.else].every(
    (list) => Array.isArray(list) && list.some((one) => ends(one as FlowStep)),
  )
}

function stepProblems(placed: PlacedStep): readonly Problem[] {
  const { step, action, at, place } = placed
  if (action === undefined) return []
  const own = (action.check?.(step) ?? []).map(({ path, reason }) => unfit(at + path, reason))
  const said = Object.entries(action.takes).flatMap(([key, { is }]) =>
    step[key] === undefined ? missingRecord(placed, key, is) : USES[is](placed, step[key], at + pointer(key)),
  )
  const skips =
    step.when === undefined || action.takes.when !== undefined
      ? []
      : ruleFaults(step.when, 'condition', flowScope(place), `${at}/when`)
  return [
    ...own,
    ...unassigned(placed),
    ...said,
    ...skips,
    ...durationProblems(step.retry?.for, `${at}/retry/for`),
  ]
}

/** A step that has an assignment decide where none speaks of the record. */
function unassigned({ action, target, place, at }: PlacedStep): readonly Problem[] {
  if (action?.needs !== 'assignment' || !isKnown(place, target)) return []
  return assignmentsOf(place.context.definitions, target!).length > 0 ? [] : [unfit(at, NO_ASSIGNMENT)]
}

/** A step that is about the flow's own record where there is none. */
function missingRecord({ action, place, at }: PlacedStep, key: string, is: ParameterUse): readonly Problem[] {
  const isNeeded = is === 'record' && place.entity === undefined && action?.target === key
  return isNeeded ? [unfit(at, RECORD_MISSING)] : []
}

type Use = (placed: PlacedStep, value: unknown, at: string) => readonly Problem[]

const nothing: Use = () => []

const USES: { readonly [U in ParameterUse]: Use } = {
  plain: nothing,
  entity: (_placed, value, at) => (value === 'notification' ? [unfit(at, NO_TRIGGER)] : []),
  record: ({ place }, value, at) => (followWay(place, value) === undefined ? [unfit(at, NO_WAY)] : []),
  records: ({ place }, value, at) => (recordsEntity(place, value) === undefined ? [unfit(at, NO_LIST)] : []),
  values: ({ place, target }, value, at) =>
    isKnown(place, target) && isRecord(value) ? valuesProblems(place, target!, value, at) : [],
  amounts: ({ place, target }, value, at) =>
    isKnown(place, target) && isRecord(value) ? amountsProblems(place, target!, value, at) : [],
  field: tagsField,
  sort: nothing,
  condition: ({ place }, value, at) => ruleFaults(value, 'condition', flowScope(place), at),
  filter: ({ place, target }, value, at) =>
    isKnown(place, target) ? ruleFaults(value, 'condition', filterScope(place, target!), at) : [],
  people: ({ place }, value, at) => peopleProblems(place.context, place.entity, flowScope(place), value, at),
  limit: ({ place }, value, at) => limitProblems(place, value as Limit, at),
  flow: flowProblems,
  message: messageProblems,
  document: documentProblems,
  connection: operationProblems,
  event: ({ place }, value, at) => eventProblems(place.context, value, at),
  slot: slotProblems,
  steps: nothing,
}

function isKnown({ context }: FlowPlace, entity: string | undefined): boolean {
  return entity !== undefined && context.definitions.entity.has(entity)
}

/** Bare names are the records', `record.*` the flow's; the other names are as everywhere in the flow. */
export function filterScope(place: FlowPlace, target: string) {
  const root = flowScope(place)
  const within = withinList(root, ruleScope(place.context, target))
  return {
    resolve: (path: string) => (/^(item|steps)(\.|$)/.test(path) ? root.resolve(path) : within.resolve(path)),
    names: within.names,
  }
}

function tagsField({ place, target }: PlacedStep, value: unknown, at: string): readonly Problem[] {
  const field = target === undefined ? undefined : fieldOf(place.context, target, String(value))
  return field === undefined || field.definition.type === 'tags' ? [] : [unfit(at, NO_TAGS)]
}

function limitProblems(place: FlowPlace, limit: Limit, at: string): readonly Problem[] {
  const isAfter = limit.after !== undefined && limit.before === undefined && limit.field === undefined
  const isBefore = limit.before !== undefined && limit.after === undefined && limit.since === undefined
  if (!isAfter && !(isBefore && limit.field !== undefined)) return [unfit(at, NO_LIMIT)]
  const name = limit.since ?? limit.field
  if (name !== undefined && place.entity === undefined) return [unfit(at, NO_RECORD)]
  const key = limit.since === undefined ? 'field' : 'since'
  return [
    ...durationProblems(limit.after ?? limit.before, at + (isAfter ? '/after' : '/before')),
    ...(name === undefined ? [] : dateProblems(place.context, place.entity!, name, `${at}/${key}`)),
  ]
}

/** The other flow is about the same sort of record, or about none. */
function flowProblems({ place, step }: PlacedStep, value: unknown, at: string): readonly Problem[] {
  const other = place.context.definitions.flow.get(String(value))
  const way = followWay(place, step.record)
  const wanted = other === undefined ? undefined : entityOfTrigger(other.trigger, place.context.definitions)
  if (other === undefined || wanted === undefined || way?.entity === wanted) return []
  return [unfit(at, otherEntity(wanted))]
}

function messageProblems({ place, step }: PlacedStep, value: unknown, at: string): readonly Problem[] {
  const message = place.context.definitions.message.get(String(value))
  const way = followWay(place, step.record)
  if (message?.entity === undefined || message.entity === way?.entity) return []
  return [unfit(at, otherEntity(message.entity))]
}

/** It is a document about such records, and there is one. */
function documentProblems({ place, step }: PlacedStep, value: unknown, at: string): readonly Problem[] {
  const document = place.context.definitions.document.get(String(value))
  const way = followWay(place, step.record)
  if (document === undefined || document.entity === way?.entity) return []
  return [unfit(at, otherEntity(document.entity))]
}

/** The operation is one that the connection has. */
function operationProblems({ place, step, at }: PlacedStep, value: unknown): readonly Problem[] {
  const { definitions, registry } = place.context
  const definition = definitions.connection.get(String(value))
  const connector = definition && registry.connector(definition.connector)
  if (connector === undefined || typeof step.operation !== 'string') return []
  const names = Object.keys(operationsOf(connector, definition?.settings ?? {}))
  if (names.includes(step.operation)) return []
  const reason = { en: `one of: ${names.join(', ')}`, 'zh-CN': `可选：${names.join('、')}` }
  return [unfit(`${at}/operation`, reason)]
}

/** The connection takes events at all. */
export function eventProblems(
  { definitions, registry }: ModelContext,
  value: unknown,
  at: string,
): readonly Problem[] {
  const definition = definitions.connection.get(String(value).split('.')[0] ?? '')
  const connector = definition && registry.connector(definition.connector)
  return connector === undefined || connector.hookSecret !== undefined ? [] : [unfit(at, NO_EVENTS)]
}

const MOST_DEEP = 20

/** Each rule within lists and objects. */
function slotProblems(placed: PlacedStep, value: unknown, at: string, depth = 0): readonly Problem[] {
  if (depth > MOST_DEEP) return [problem('META_TOO_DEEP', at, { params: { limit: MOST_DEEP } })]
  const said = readValueSlot(value)
  if (said.kind === 'rule') return ruleFaults(said.rule, 'any', flowScope(placed.place), at)
  if (said.value !== value || typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) =>
    slotProblems(placed, one, at + pointer(key), depth + 1),
  )
}

function ruleFaults(
  rule: unknown,
  expected: 'condition' | 'any',
  scope: Parameters<typeof checkRule>[1],
  at: string,
): readonly Problem[] {
  const { problems } = checkRule(rule, scope, expected, { runner: 'engine' })
  return problems.map((fault) => ({ ...fault, path: at + fault.path }))
}

function unfit(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}

const NO_ASSIGNMENT = { en: 'no assignment speaks of its records', 'zh-CN': '没有针对该实体的分配规则' }
const ONE_FORM = { en: `exactly one of ${FORMS.join(', ')}`, 'zh-CN': `须且只能写 ${FORMS.join('、')} 之一` }
const RECORD_MISSING = { en: 'it does not say whose record', 'zh-CN': '没有写明是哪个实体的记录' }
const NOT_OF_SCHEDULE = { en: 'a schedule is about no record', 'zh-CN': '定时触发不针对记录' }
const NOT_OF_EVENT = { en: 'an event is about no record', 'zh-CN': '事件触发不针对记录' }
const ONLY_EVENT = { en: 'it goes with “event”', 'zh-CN': '须与“event”同用' }
const NOT_OF_APPROVAL = {
  en: 'an outcome is about the record that was submitted, whatever wrote it',
  'zh-CN': '审批结果针对所提交的记录，与写入途径无关',
}
const OUTCOME_MISSING = {
  en: `it does not say on which outcomes: ${OUTCOMES.join(', ')}`,
  'zh-CN': `没有写明由哪些结果触发：${OUTCOMES.join('、')}`,
}
const NO_OUTCOME = { en: `one of ${OUTCOMES.join(', ')}`, 'zh-CN': `可选：${OUTCOMES.join('、')}` }
const ONLY_APPROVAL = { en: 'it goes with “approval”', 'zh-CN': '须与“approval”同用' }
const NO_TRIGGER = { en: 'flows do not act on notifications', 'zh-CN': '自动流程不处理通知本身' }
const ONLY_CHANGED = { en: 'it goes with “on”: changed', 'zh-CN': '须与“on”中的 changed 同用' }
const ONLY_ON = { en: 'it goes with “on”', 'zh-CN': '须与“on”同用' }
const BEFORE_OR_AFTER = { en: 'either “before” or “after”', 'zh-CN': '“before”与“after”只能写一个' }
const NO_DATE = { en: 'the field is no date', 'zh-CN': '该字段不是日期' }
const NO_DURATION = { en: 'no duration, or over two hundred years', 'zh-CN': '不是有效时长，或超过两百年' }
const NO_RECORD = { en: 'there is no record here', 'zh-CN': '此处没有记录' }
const NO_WAY = {
  en: 'no lookup to one entity, no item at hand and no record of an earlier step',
  'zh-CN': '既不是指向单一实体的查找字段，也不是 item 或前面步骤的记录',
}
const NO_LIST = {
  en: 'no relation of the record and no list of an earlier step',
  'zh-CN': '既不是记录的关系，也不是前面步骤的列表',
}
const NO_TAGS = { en: 'the field holds no tags', 'zh-CN': '该字段不是标签' }
const NO_EVENTS = { en: 'the connection takes no events', 'zh-CN': '该连接不接收事件' }
const NO_LIMIT = {
  en: '{"after", "since"} or {"before", "field"}',
  'zh-CN': '应为 {"after", "since"} 或 {"before", "field"}',
}
const otherEntity = (name: string): LocalText => ({
  en: `it is about records of “${name}”`,
  'zh-CN': `它针对的是“${name}”的记录`,
})
