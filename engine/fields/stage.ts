import { defineFieldType } from '../registry/field-type.ts'
import { optionSchema, widgetOptions } from './parts/options.ts'
import { REFERENCE_OPERATORS } from './parts/reference.ts'
import { TEXT_COLUMN } from './parts/text.ts'

export const stageField = defineFieldType({
  name: 'stage',
  label: { en: 'Stage', 'zh-CN': '阶段' },
  description: { en: 'Where the record stands in a pipeline.', 'zh-CN': '记录在流程中所处的阶段。' },
  configSchema: { properties: {} },
  checkConfig(field, context) {
    if (context.stages(field.name) !== undefined) return []
    return [
      {
        code: 'META_REFERENCE_UNKNOWN',
        params: {
          kind: { en: 'pipeline on the field', 'zh-CN': '针对此字段的流程：' },
          name: `${context.entity}.${field.name}`,
        },
        hint: {
          en: 'A stage field gets its stages from a pipeline whose “entity” and “field” name it.',
          'zh-CN': '阶段字段的阶段来自流程定义，其 entity 与 field 应指向本字段。',
        },
      },
    ]
  },
  columns: () => [TEXT_COLUMN],
  valueSchema: (field, context) => optionSchema(context.stages(field.name) ?? []),
  faults: { not: 'FIELD_OPTION_UNKNOWN' },
  rule: { type: 'text' },
  operators: REFERENCE_OPERATORS,
  sortable: true,
  groupable: true,
  measures: [],
  canBeUnique: false,
  canBeIndexed: true,
  form: (field, context) => ({
    schema: optionSchema(context.stages(field.name) ?? []),
    uiSchema: {
      'ui:widget': 'stage',
      'ui:options': { options: widgetOptions(context.stages(field.name) ?? []) },
    },
  }),
  csv: { parse: (cell) => cell.trim(), format: (value) => String(value) },
  examples: [
    {
      config: {},
      valid: ['prospecting', 'won', 'lost'],
      invalid: [
        { value: 'wom', code: 'FIELD_OPTION_UNKNOWN' },
        { value: 3, code: 'FIELD_TYPE_WRONG' },
      ],
    },
  ],
})
