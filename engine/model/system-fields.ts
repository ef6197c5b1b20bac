import type { FieldDefinition, Text } from '../../metadata/types.ts'
import { defineFieldType, type FieldType } from '../registry/field-type.ts'
import type { Registry } from '../registry/registry.ts'
import { type StageField, stageFieldsOf } from './stage-fields.ts'

/** Physical columns of every entity's table that are not fields of its definition. */
export const SYSTEM_COLUMNS = [
  'id',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'version',
  'owner',
  'deleted_at',
  'deleted_by',
  'search',
] as const

/** The id of a record: a UUID that the engine gives. Not offered in definitions, so not in the registry. */
export const recordIdField: FieldType = defineFieldType({
  name: 'record_id',
  label: { en: 'Id', 'zh-CN': '标识' },
  description: { en: 'The identity of a record.', 'zh-CN': '记录的标识。' },
  configSchema: { properties: {} },
  columns: () => [{ suffix: '', sqlType: 'uuid' }],
  valueSchema: () => ({ type: 'string', format: 'uuid' }),
  rule: { type: 'id' },
  operators: ['==', '!=', 'in'],
  sortable: true,
  groupable: false,
  measures: [],
  canBeUnique: true,
  canBeIndexed: true,
  generated: true,
  form: () => ({ schema: { type: 'string' }, uiSchema: { 'ui:widget': 'read_only' } }),
  csv: { parse: (cell) => cell, format: (value) => String(value) },
  examples: [
    {
      config: {},
      valid: ['0192f0c0-0000-7000-8000-000000000000'],
      invalid: [{ value: 'x', code: 'FIELD_FORMAT_INVALID' }],
    },
  ],
})

export interface SystemField {
  readonly definition: FieldDefinition & { readonly id: string }
  readonly type: FieldType
  /** Quoted; of what is kept beside a field of stages its place says it. */
  readonly column: string
  /** What it is kept beside. */
  readonly stage?: StageField
  /** Clients may write `owner`; the rest is the engine's. */
  readonly writable: boolean
  readonly notNull: boolean
}

const labels: Record<string, Text> = {
  id: { en: 'Id', 'zh-CN': '标识' },
  owner: { en: 'Owner', 'zh-CN': '负责人' },
  created_at: { en: 'Created', 'zh-CN': '创建时间' },
  created_by: { en: 'Created by', 'zh-CN': '创建人' },
  updated_at: { en: 'Changed', 'zh-CN': '更新时间' },
  updated_by: { en: 'Changed by', 'zh-CN': '更新人' },
  version: { en: 'Version', 'zh-CN': '版本' },
}

/**
 * The fields that every entity has besides its own. Their ids are their names: they are the same in every
 * entity and never renamed. With a field of stages come those that the engine keeps of it.
 */
export function systemFields(
  registry: Registry,
  entity: { readonly owned?: boolean; readonly fields: readonly FieldDefinition[] },
): readonly SystemField[] {
  const type = (name: string): FieldType => {
    const found = registry.fieldType(name)
    if (found === undefined) throw new Error(`the built-in field type "${name}" is not registered`)
    return found
  }
  const field = (name: string, fieldType: FieldType, writable: boolean, notNull: boolean): SystemField => ({
    definition: { id: name, name, type: fieldType.name, label: labels[name] ?? name },
    type: fieldType,
    column: `"${name}"`,
    writable,
    notNull,
  })
  return [
    field('id', recordIdField, false, true),
    ...(entity.owned === true ? [field('owner', type('user'), true, false)] : []),
    field('created_at', type('date_time'), false, true),
    field('created_by', type('user'), false, false),
    field('updated_at', type('date_time'), false, true),
    field('updated_by', type('user'), false, false),
    field('version', type('integer'), false, true),
    ...stageFieldsOf(entity.fields).map((stage) => ({
      definition: stage.definition,
      type: type(stage.definition.type),
      column: `"${stage.definition.name}"`,
      writable: false,
      notNull: false,
      stage,
    })),
  ]
}
