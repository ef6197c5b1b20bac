import { checkRule } from '../../../metadata/rules/check-rule.ts'
import { describeRule } from '../../../metadata/rules/describe-rule.ts'
import { durationWords } from '../../../metadata/rules/sentence-words.ts'
import { textIn } from '../../../metadata/text.ts'
import type { FlowDefinition, FlowTrigger, Limit } from '../../../metadata/types.ts'
import type { Language, LocalText } from '../../errors.ts'
import type { StepWords } from '../../registry/action.ts'
import { offeredOptions } from '../../registry/option-list.ts'
import { isRecord } from '../pointer.ts'
import type { NameSource } from '../rule-names.ts'
import { filterScope } from './flow-check.ts'
import { flowNames } from './flow-names.ts'
import { type FlowPlace, flowScope, followWay, type PlacedStep, recordsEntity } from './flow-place.ts'
import { endOfPath, fieldContext, fieldOf, fieldsOf, inversesOf, relationOf } from './follow.ts'
import type { ModelContext } from './kind-spec.ts'
import { isPeople, peopleText } from './people.ts'
import { called, entityCalled } from './sentences.ts'
import { isWorkedOut, literalOf } from './stage-action-check.ts'

/** What a step does, as one phrase in each language. */
export function stepText(placed: PlacedStep): LocalText {
  const { step, action } = placed
  if (action === undefined) return { en: step.do, 'zh-CN': step.do }
  return {
    en: action.sentence(step, wordsOf(placed, 'en')),
    'zh-CN': action.sentence(step, wordsOf(placed, 'zh-CN')),
  }
}

/** What sets a flow off, as one phrase. */
export function triggerText({ trigger }: FlowDefinition, context: ModelContext, language: Language): string {
  const isEnglish = language === 'en'
  const entity = trigger.record === undefined ? '' : entityCalled(context, trigger.record, language)
  const { on, time, schedule, approval, event } = trigger
  if (event !== undefined) {
    const [name = '', what = ''] = event.split('.')
    const connection = called(context.definitions.connection.get(name) ?? { name }, language)
    return isEnglish ? `when ${connection} tells “${what}”` : `${connection}推送“${what}”时`
  }
  if (approval !== undefined) {
    const name = called(context.definitions.approval.get(approval) ?? { name: approval }, language)
    const outcomes = (on ?? []).map((one) => ACTS[one][language]).join(isEnglish ? ' or ' : '或')
    return isEnglish ? `when the approval ${name} is ${outcomes}` : `审批${name}${outcomes}时`
  }
  if (schedule !== undefined) {
    if (schedule.cron !== undefined)
      return isEnglish ? `by the clock (${schedule.cron})` : `定时（${schedule.cron}）`
    const every = durationWords(schedule.every ?? '', language)
    return isEnglish ? `every ${every}` : `每隔 ${every}`
  }
  if (time !== undefined) {
    const field = called(
      fieldOf(context, trigger.record ?? '', time.field)?.definition ?? { name: time.field },
      language,
    )
    return momentText(time, field, entity, language)
  }
  if (on === undefined) return isEnglish ? `by a button on ${entity}` : `在${entity}上点击按钮时`
  const acts = on.map((one) => ACTS[one][language]).join(isEnglish ? ' or ' : '或')
  return isEnglish ? `when a record of ${entity} is ${acts}` : `${entity}的记录${acts}时`
}

const ACTS: Readonly<Record<NonNullable<FlowTrigger['on']>[number], LocalText>> = {
  submitted: { en: 'submitted', 'zh-CN': '提交' },
  approved: { en: 'approved', 'zh-CN': '通过' },
  not_needed: { en: 'found not to be needed', 'zh-CN': '无需进行' },
  rejected: { en: 'rejected', 'zh-CN': '被拒绝' },
  returned: { en: 'returned', 'zh-CN': '被退回' },
  withdrawn: { en: 'withdrawn', 'zh-CN': '撤回' },
  created: { en: 'created', 'zh-CN': '新建' },
  changed: { en: 'changed', 'zh-CN': '变更' },
  deleted: { en: 'deleted', 'zh-CN': '删除' },
  restored: { en: 'restored', 'zh-CN': '恢复' },
}

function momentText(
  { before, after }: { readonly before?: string; readonly after?: string },
  field: string,
  entity: string,
  language: Language,
): string {
  const long = durationWords(before ?? after ?? 'P0D', language)
  const isAt = before === undefined && after === undefined
  if (language === 'en')
    return `${isAt ? 'at' : `${long} ${before === undefined ? 'after' : 'before'}`} ${field} of each record of ${entity}`
  return `${entity}每条记录的${field}${isAt ? '当时' : `${before === undefined ? '之后' : '之前'} ${long}`}`
}

function wordsOf(placed: PlacedStep, language: Language): StepWords {
  const { place, target, step } = placed
  const { context } = place
  const isEnglish = language === 'en'
  return {
    language,
    entity: (name) => entityCalled(context, String(name), language),
    record: (way) => wayText(place, way, language),
    values: (of, key) =>
      Object.entries(isRecord(of[key]) ? of[key] : {})
        .map(([name, value]) => valueText(placed, target, name, value, language))
        .join(isEnglish ? ', ' : '，'),
    people: (who) => peopleText(context, place.entity, who, language),
    rule: (rule) => ruleText(placed, rule, language),
    limit: (limit) => limitText(place, limit as Limit, language),
    flow: (name) => called(context.definitions.flow.get(String(name)) ?? { name: String(name) }, language),
    message: (name) =>
      called(context.definitions.message.get(String(name)) ?? { name: String(name) }, language),
    document: (name) =>
      called(context.definitions.document.get(String(name)) ?? { name: String(name) }, language),
    connection: (name) =>
      called(context.definitions.connection.get(String(name)) ?? { name: String(name) }, language),
    ...(step.do === 'find' ? { rule: (rule: unknown) => filterText(placed, rule, language) } : {}),
  }
}

function wayText(place: FlowPlace, way: unknown, language: Language): string {
  const isEnglish = language === 'en'
  if (way === undefined) return isEnglish ? 'the record' : '该记录'
  if (typeof way !== 'string') return ''
  if (way === 'item') return isEnglish ? 'each of them' : '其中每条'
  const end = place.entity === undefined ? undefined : endOfPath(place.context, place.entity, way)
  if (end !== undefined) return called(end.definition, language)
  const entity = followWay(place, way)?.entity ?? recordsEntity(place, way)
  return entity === undefined ? way : entityCalled(place.context, entity, language)
}

function valueText(
  placed: PlacedStep,
  target: string | undefined,
  name: string,
  value: unknown,
  language: Language,
): string {
  const { place } = placed
  const field = target === undefined ? undefined : fieldOf(place.context, target, name)
  const label = textIn(field?.definition.label, language, name)
  const colon = language === 'en' ? ': ' : '：'
  if (isPeople(value)) return label + colon + peopleText(place.context, place.entity, value, language)
  if (isWorkedOut(value)) return label + colon + ruleText(placed, value, language)
  const literal = literalOf(value)
  const options =
    field === undefined
      ? []
      : (offeredOptions(field.definition, fieldContext(place.context, field.entity)) ?? [])
  const textOf = (one: unknown) =>
    textIn(options.find((option) => option.name === one)?.label, language, String(one))
  const text = Array.isArray(literal)
    ? literal.map(textOf).join(language === 'en' ? ', ' : '、')
    : textOf(literal ?? '')
  return label + colon + text
}

function ruleText({ place }: PlacedStep, rule: unknown, language: Language): string {
  const { typed } = checkRule(rule, flowScope(place), 'any', { runner: 'engine' })
  if (typed === undefined) return JSON.stringify(rule)
  return describeRule(
    typed,
    flowNames(place, nameSource(place.context), place.entity ?? '', language),
    language,
  )
}

function filterText({ place, target = '' }: PlacedStep, rule: unknown, language: Language): string {
  const { typed } = checkRule(rule, filterScope(place, target), 'any', { runner: 'engine' })
  if (typed === undefined) return JSON.stringify(rule)
  return describeRule(typed, flowNames(place, nameSource(place.context), target, language), language)
}

function limitText(place: FlowPlace, { after, since, before, field }: Limit, language: Language): string {
  const name = since ?? field
  const found =
    name === undefined || place.entity === undefined ? undefined : fieldOf(place.context, place.entity, name)
  const label = name === undefined ? '' : called(found?.definition ?? { name }, language)
  const long = durationWords(after ?? before ?? 'P0D', language)
  if (language === 'en') {
    if (before !== undefined) return `${long} before ${label}`
    return name === undefined ? `${long} from here` : `${long} after ${label}`
  }
  if (before !== undefined) return `${label}之前 ${long}`
  return name === undefined ? `${long}之后` : `${label}之后 ${long}`
}

/** Labels of fields and lists, from definitions. */
function nameSource(context: ModelContext): NameSource {
  return {
    fields: (entity) =>
      new Map(
        [...fieldsOf(context, entity)].map(([name, field]) => {
          const relation = relationOf(field)
          const options = offeredOptions(field.definition, fieldContext(context, entity))
          const to = relation?.kind === 'one' ? relation.to : undefined
          const { label, type } = field.definition
          return [name, { name, label, to, options, isStage: type === 'stage' }]
        }),
      ),
    lists: (entity) =>
      inversesOf(context, entity).map(({ name, from }) => {
        const { plural, label } = context.definitions.entity.get(from) ?? {}
        return { name, label: plural ?? label, from }
      }),
  }
}
