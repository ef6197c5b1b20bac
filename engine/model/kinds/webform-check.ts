import { checkRule } from '../../../metadata/rules/check-rule.ts'
import { readValueSlot } from '../../../metadata/rules/value-slot.ts'
import type { WebformDefinition } from '../../../metadata/types.ts'
import { type LocalText, type Problem, problem } from '../../errors.ts'
import { builtIn } from '../built-in.ts'
import { pointer } from '../pointer.ts'
import { ASKED_TYPES, MOST_OPTIONS, namedByField, webformScope } from '../webform-fields.ts'
import { defaultProblems } from './field-default.ts'
import { fieldOf, fieldsOf, optionNames, type PlacedField, relationOf } from './follow.ts'
import type { ModelContext } from './kind-spec.ts'
import { ruleScope } from './rule-scope.ts'

/** Faults of a web form beyond shape and references. */
export function checkWebform(definition: WebformDefinition, context: ModelContext): readonly Problem[] {
  if (!context.definitions.entity.has(definition.entity)) return [] // the check of references has reported it
  if (builtIn('entity', definition.entity) !== undefined) return [invalid('/entity', ENGINE_OWN)]
  return [
    ...definition.fields.flatMap((_, index) => fieldProblems(definition, index, context)),
    ...Object.entries(definition.set ?? {}).flatMap(([field, value]) =>
      setProblems(definition, field, value, context),
    ),
    ...parameterProblems(definition, context),
    ...missingProblems(definition, context),
    ...timeProblems(definition),
  ]
}

function fieldProblems(
  { entity, fields }: WebformDefinition,
  index: number,
  context: ModelContext,
): readonly Problem[] {
  const said = fields[index]!
  const place = fieldOf(context, entity, said.field)
  if (place === undefined) return []
  const at = (...keys: readonly (string | number)[]) => pointer('fields', index, ...keys)
  const isTwice = fields.findIndex(({ field }) => field === said.field) < index
  const others = new Set(fields.map(({ field }) => field).filter((field) => field !== said.field))
  const scope = webformScope(ruleScope(context, entity), others)
  const rules = (['visibleWhen', 'requiredWhen'] as const).flatMap((key) =>
    said[key] === undefined
      ? []
      : checkRule(said[key], scope, 'condition', { runner: 'write' }).problems.map((fault) => ({
          ...fault,
          path: at(key) + fault.path,
        })),
  )
  return [
    ...(isTwice ? [invalid(at('field'), TWICE)] : []),
    ...(isAsked(place) ? optionProblems(context, place, said.options, at) : [invalid(at('field'), UNASKED)]),
    ...rules,
  ]
}

function isAsked({ definition, type, system }: PlacedField): boolean {
  return !system && ASKED_TYPES.has(definition.type) && type?.computed === undefined
}

function optionProblems(
  context: ModelContext,
  place: PlacedField,
  options: readonly string[] | undefined,
  at: (...keys: readonly (string | number)[]) => string,
): readonly Problem[] {
  const offered = optionNames(context, place)
  if (offered === undefined) return options === undefined ? [] : [invalid(at('options'), NO_OPTIONS)]
  if (options === undefined) return offered.length > MOST_OPTIONS ? [invalid(at('field'), TOO_MANY)] : []
  return options.flatMap((option, index) =>
    offered.includes(option)
      ? []
      : [problem('FIELD_OPTION_UNKNOWN', at('options', index), { params: { value: option } })],
  )
}

function setProblems(
  { entity, fields }: WebformDefinition,
  name: string,
  value: unknown,
  context: ModelContext,
): readonly Problem[] {
  const place = fieldOf(context, entity, name)
  if (place === undefined) return []
  const at = pointer('set', name)
  const { definition, type } = place
  if (fields.some(({ field }) => field === name)) return [invalid(at, ASKED_TOO)]
  if (type === undefined || !isSettable(place)) return [invalid(at, NOT_SET)]
  const named = namedByField(value)
  const relation = relationOf(place)
  if (relation?.kind === 'one' && named !== undefined) {
    const key = fieldOf(context, relation.to, named[0])
    return key === undefined || key.definition.unique === true
      ? []
      : [invalid(pointer('set', name, named[0]), NOT_UNIQUE)]
  }
  if (readValueSlot(value).kind === 'rule') return [invalid(at, CONSTANT)]
  return defaultProblems(context, entity, { ...definition, default: value }, type).map((fault) => ({
    ...fault,
    path: at + fault.path,
  }))
}

function isSettable({ system, type, definition }: PlacedField): boolean {
  if (system || type === undefined || type.computed !== undefined || type.generated === true) return false
  if (type.sealing !== undefined || type.writeOnly === true) return false
  return type.relation?.(definition)?.kind !== 'children'
}

const PARAMETER_TYPES: ReadonlySet<string> = new Set(['text', 'long_text', 'select', 'url'])

function parameterProblems(
  { entity, parameters, fields, set }: WebformDefinition,
  context: ModelContext,
): readonly Problem[] {
  const list = parameters ?? []
  return list.flatMap(({ name, field }, index) => {
    const isTwice = list.findIndex((other) => other.name === name) < index
    const problems = isTwice ? [invalid(pointer('parameters', index, 'name'), TWICE)] : []
    const place = field === undefined ? undefined : fieldOf(context, entity, field)
    if (field === undefined || place === undefined) return problems
    const at = pointer('parameters', index, 'field')
    const isTaken = fields.some((other) => other.field === field) || Object.hasOwn(set ?? {}, field)
    if (isTaken) return [...problems, invalid(at, ASKED_TOO)]
    const fits = !place.system && PARAMETER_TYPES.has(place.definition.type)
    return fits ? problems : [...problems, invalid(at, NO_TEXT)]
  })
}

/** A new record must be able to come into being: what it cannot do without is asked for, set, or begins by itself. */
function missingProblems(
  { entity, fields, set }: WebformDefinition,
  context: ModelContext,
): readonly Problem[] {
  const given = new Set([...fields.map(({ field }) => field), ...Object.keys(set ?? {})])
  return [...fieldsOf(context, entity).values()].flatMap(({ definition, system }) => {
    const { name, required, visibleWhen } = definition
    const begins = definition.default !== undefined || definition.type === 'stage'
    if (system || required !== true || visibleWhen !== undefined || begins || given.has(name)) return []
    return [invalid('/fields', lacking(name))]
  })
}

function timeProblems({ open }: WebformDefinition): readonly Problem[] {
  const [from, until] = [open?.from, open?.until]
  const wrong = (['from', 'until'] as const).flatMap((key) => {
    const said = open?.[key]
    return said !== undefined && Number.isNaN(Date.parse(said)) ? [invalid(`/open/${key}`, NO_INSTANT)] : []
  })
  if (wrong.length > 0 || from === undefined || until === undefined) return wrong
  return Date.parse(from) < Date.parse(until) ? [] : [invalid('/open/until', TOO_SOON)]
}

const ENGINE_OWN: LocalText = {
  en: 'a web form makes no records of the engine’s own entities',
  'zh-CN': '网页表单不能生成系统内置实体的记录',
}
const TWICE: LocalText = { en: 'it stands here once more', 'zh-CN': '重复出现' }
const UNASKED: LocalText = {
  en: 'a visitor is asked for texts, numbers, dates, yes or no and options; other fields are given in “set”',
  'zh-CN': '访客只能填写文本、数字、日期、是否与选项；其他字段请写在 set 中',
}
const NO_OPTIONS: LocalText = { en: 'the field has no options', 'zh-CN': '该字段没有选项' }
const TOO_MANY: LocalText = {
  en: `the field offers more than ${MOST_OPTIONS} options; list the ones that are offered in “options”`,
  'zh-CN': `该字段的选项超过 ${MOST_OPTIONS} 个，请在 options 中列出要提供的选项`,
}
const ASKED_TOO: LocalText = {
  en: 'the field is given elsewhere in this form',
  'zh-CN': '该字段在本表单的他处已给出',
}
const NOT_SET: LocalText = { en: 'nobody sets a field of this type', 'zh-CN': '此类型的字段不能设值' }
const NOT_UNIQUE: LocalText = {
  en: 'only a unique field names one record',
  'zh-CN': '只有唯一字段才能指明一条记录',
}
const CONSTANT: LocalText = {
  en: 'a constant; rules do not run here',
  'zh-CN': '应为固定取值，此处不运行规则',
}
const NO_TEXT: LocalText = { en: 'a text, URL or select field', 'zh-CN': '应为文本、网址或单选字段' }
const NO_INSTANT: LocalText = { en: 'there is no such instant', 'zh-CN': '没有这样的时刻' }
const TOO_SOON: LocalText = { en: 'later than “from”', 'zh-CN': '应晚于 from' }

function lacking(name: string): LocalText {
  return {
    en: `a record needs “${name}”: ask for it, or give it in “set”`,
    'zh-CN': `记录必须有“${name}”：请在表单中询问或写在 set 中`,
  }
}

function invalid(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}
