import type { FieldDefinition } from '../../../metadata/text.ts'
import type { LocalText } from '../../errors.ts'
import type { FieldType, JsonSchema, OnDelete } from '../../registry/field-type.ts'
import { configKey, nameSchema, textOf } from './config.ts'

export const REFERENCE_OPERATORS = ['==', '!=', 'in', 'empty', 'not_empty'] as const

const textSchema = { $ref: 'common.schema.json#/$defs/text' }

/** The key for what happens to this record when the one that it points to is deleted. */
export const onDeleteKey = configKey(
  { enum: ['refuse', 'clear', 'cascade'], default: 'refuse' },
  { en: 'When the other record is deleted', 'zh-CN': '所指记录被删除时' },
  {
    en: 'Refuse the deletion, clear this field, or delete this record too.',
    'zh-CN': '拒绝删除、清空本字段，或一并删除本记录。',
  },
)

/** The keys that name the way back from the other record. */
export const inverseKeys = {
  inverse: configKey(
    nameSchema,
    { en: 'Name of the way back', 'zh-CN': '反向关系名称' },
    {
      en: 'Under which the other record lists the records that point to it.',
      'zh-CN': '所指记录以此名称列出指向它的记录。',
    },
  ),
  inverseLabel: configKey(
    textSchema,
    { en: 'Label of the way back', 'zh-CN': '反向关系标签' },
    { en: 'What people read above that list.', 'zh-CN': '该列表上方显示的名称。' },
  ),
} as const

/** A key that names an entity. */
export function entityKey(title: LocalText, description: LocalText): JsonSchema {
  return configKey(nameSchema, title, description)
}

export function onDeleteOf(field: FieldDefinition): OnDelete {
  const value = field.onDelete
  return value === 'clear' || value === 'cascade' ? value : 'refuse'
}

/** `inverse` as a part of a relation: absent where the field does not name it. */
export function inverseOf(field: FieldDefinition): { readonly inverse?: string } {
  const inverse = textOf(field, 'inverse')
  return inverse === undefined ? {} : { inverse }
}

/** What the types share that hold the id of one record of one entity. */
export const reference = {
  columns: () => [{ suffix: '', sqlType: 'uuid' }],
  valueSchema: () => ({ type: 'string', format: 'uuid' }),
  rule: { type: 'id' },
  operators: REFERENCE_OPERATORS,
  sortable: true,
  groupable: true,
  measures: [],
  canBeUnique: true,
  canBeIndexed: true,
  // An id is one value in either case; the database answers in lower case.
  encode: (value: unknown) => [String(value).toLowerCase()],
  csv: { parse: (cell: string) => cell.trim(), format: (value: unknown) => String(value) },
} as const satisfies Partial<FieldType>

/** Configuration of a reference whose target the type itself names. */
export const fixedReferenceConfig = { properties: { onDelete: onDeleteKey, ...inverseKeys } } as const

/** The relation of a reference to one entity. */
export function relationTo(entity: string): NonNullable<FieldType['relation']> {
  return (field) => ({ kind: 'one', to: entity, onDelete: onDeleteOf(field), ...inverseOf(field) })
}

/** The form part of a reference: a widget that searches on the server among records of `to`. */
export function referenceForm(widget: string, to: string, options: Readonly<Record<string, unknown>> = {}) {
  return {
    schema: { type: 'string' },
    uiSchema: { 'ui:widget': widget, 'ui:options': { to, ...options } },
  }
}

export const EXAMPLE_ID = '0192f0c0-7a3b-7c4d-8e5f-00112233aabb'
export const OTHER_ID = '0192f0c0-7a3b-7c4d-8e5f-00112233aabc'
