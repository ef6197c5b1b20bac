import type { FieldDefinition } from '../../../metadata/text.ts'
import type { FieldContext, JsonSchema, OptionItem, ValueFault } from '../../registry/field-type.ts'
import { configKey, nameSchema, textOf } from './config.ts'

/** `options` and `optionSet`: the two ways in which a field says what may be chosen. */
export const optionKeys = {
  options: configKey(
    { type: 'array', minItems: 1, maxItems: 500, items: { $ref: 'common.schema.json#/$defs/option' } },
    { en: 'Options', 'zh-CN': '选项' },
    { en: 'What may be chosen, in this order.', 'zh-CN': '可供选择的内容，按此顺序显示。' },
  ),
  optionSet: configKey(
    nameSchema,
    { en: 'Option set', 'zh-CN': '选项集' },
    { en: 'The name of an option set that several fields share.', 'zh-CN': '多个字段共用的选项集名称。' },
  ),
} as const

/** The faults of where options come from: exactly one of the keys, each name once. */
export function checkOptions(field: FieldDefinition, keys: readonly string[]): readonly ValueFault[] {
  const given = keys.filter((key) => field[key] !== undefined)
  if (given.length === 0) return [{ code: 'META_KEY_MISSING', params: { name: keys[0]! } }]
  if (given.length > 1) return [conflictOf(given)]
  return duplicatesOf(field)
}

function conflictOf(given: readonly string[]): ValueFault {
  const [first, second] = [given[0]!, given[1]!]
  const reason = {
    en: `either “${first}” or “${second}”, not both`,
    'zh-CN': `“${first}”与“${second}”只能使用其一`,
  }
  return { code: 'META_VALUE_INVALID', path: `/${second}`, params: { reason } }
}

function duplicatesOf(field: FieldDefinition): readonly ValueFault[] {
  const options = Array.isArray(field.options) ? (field.options as readonly OptionItem[]) : []
  const seen = new Set<string>()
  return options.flatMap((option, index) => {
    const again = seen.has(option.name)
    seen.add(option.name)
    if (!again) return []
    return [{ code: 'META_NAME_DUPLICATE', path: `/options/${index}/name`, params: { name: option.name } }]
  })
}

/** The options of a field in their order; [] where their source is missing. */
export function optionsOf(field: FieldDefinition, context: FieldContext): readonly OptionItem[] {
  if (Array.isArray(field.options)) return field.options as readonly OptionItem[]
  const set = textOf(field, 'optionSet')
  if (set !== undefined) return context.optionSet(set) ?? []
  return field.optionsOf === 'role' ? context.roles() : []
}

/** The schema of one of the options; without any option no value passes. */
export function optionSchema(options: readonly OptionItem[]): JsonSchema {
  if (options.length === 0) return { type: 'string', not: {} }
  return { type: 'string', enum: options.map((option) => option.name) }
}

/** Options as widgets want them: name, label, colour and a stage's type. */
export function widgetOptions(options: readonly OptionItem[]): readonly JsonSchema[] {
  return options.map((option) => ({
    name: option.name,
    label: option.label ?? option.name,
    ...(option.color === undefined ? {} : { color: option.color }),
    ...('type' in option ? { type: option.type } : {}),
  }))
}
