import type { FieldDefinition } from '../../../metadata/text.ts'
import type { LocalText } from '../../errors.ts'
import type { FieldContext, FormPart, JsonSchema, OptionItem, ValueFault } from '../../registry/field-type.ts'
import { listedOptions, offeredOptions, parentOf } from '../../registry/option-list.ts'
import { configKey, nameSchema } from './config.ts'
import { CIRCLE, isCircular, unfitParent } from './depends-on.ts'

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

/** `dependsOn`: the field whose value narrows what this one offers. */
export const dependsOnKey = {
  dependsOn: configKey(
    nameSchema,
    { en: 'Depends on', 'zh-CN': '取决于' },
    {
      en: 'The select field of the same entity whose value narrows the options: those that stand under it are offered.',
      'zh-CN': '同一实体中的单选字段，其取值决定可选范围：只提供隶属于该取值的选项。',
    },
  ),
} as const

/** The faults of what a field depends on: a field with options, above which it does not stand itself. */
export function checkDependsOn(field: FieldDefinition, context: FieldContext): readonly ValueFault[] {
  const parent = parentOf(field, context)
  if (parent === undefined) return [] // the check of references has reported it
  if (parent.type !== 'select') return [unfitParent(NO_SELECT)]
  if (isCircular(field, context)) return [unfitParent(CIRCLE)]
  const lost = strangeUnder(field, parent, context)
  if (lost.length > 0) return lost
  const hasList = (listedOptions(field, context) ?? []).length > 0
  return hasList && optionsOf(field, context).length === 0 ? [unfitParent(NONE_UNDER)] : []
}

/** Options of the field's own that stand under nothing that the other field offers. */
function strangeUnder(
  field: FieldDefinition,
  parent: FieldDefinition,
  context: FieldContext,
): readonly ValueFault[] {
  const above = new Set(optionsOf(parent, context).map(({ name }) => name))
  if (above.size === 0 || !Array.isArray(field.options)) return []
  return (field.options as readonly OptionItem[]).flatMap(({ under }, index) =>
    under === undefined || above.has(under)
      ? []
      : [{ code: 'RULE_OPTION_UNKNOWN', path: `/options/${index}/under`, params: { value: under } }],
  )
}

const NO_SELECT: LocalText = {
  en: 'options depend on a field of type select',
  'zh-CN': '选项只能取决于单选字段',
}
const NONE_UNDER: LocalText = {
  en: 'none of the options stands under an option of that field: say it with “under”',
  'zh-CN': '没有任何选项隶属于该字段的选项，请在选项中写明 under',
}

/** More options than these are asked for as they are needed, not sent along with every form. */
export const MOST_SENT = 300

/** What a form is told of a choice: its options, or that they are to be asked for. */
export function choicePart(field: FieldDefinition, context: FieldContext): FormPart {
  const options = optionsOf(field, context)
  const depends = field.dependsOn === undefined ? {} : { dependsOn: field.dependsOn }
  if (options.length > MOST_SENT) {
    const told = { ...depends, asked: true }
    return { schema: { type: 'string' }, uiSchema: { 'ui:widget': 'select', 'ui:options': told } }
  }
  const told = { ...depends, options: widgetOptions(options) }
  return { schema: optionSchema(options), uiSchema: { 'ui:widget': 'select', 'ui:options': told } }
}

/** The faults of where options come from: exactly one of the keys, each name once. */
export function checkOptions(field: FieldDefinition, keys: readonly string[]): readonly ValueFault[] {
  const given = keys.filter((key) => field[key] !== undefined)
  if (given.length === 0)
    return [{ code: 'META_KEY_MISSING', path: `/${keys[0]!}`, params: { name: keys[0]! } }]
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
  return offeredOptions(field, context) ?? []
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
    ...(option.under === undefined ? {} : { under: option.under }),
    ...('type' in option ? { type: option.type } : {}),
  }))
}
