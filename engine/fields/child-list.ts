import { defineFieldType, ValueFaultError } from '../registry/field-type.ts'
import { configKey, nameSchema, textOf } from './parts/config.ts'
import { jsonFault } from './parts/json-value.ts'
import { parsedJson } from './parts/list.ts'
import { entityKey } from './parts/reference.ts'

const MOST = 500

function parseChildren(cell: string): unknown {
  const value = parsedJson(cell)
  if (Array.isArray(value)) return value
  throw new ValueFaultError({
    code: 'FIELD_TYPE_WRONG',
    params: { expected: { en: 'a JSON list', 'zh-CN': 'JSON 列表' } },
  })
}

/**
 * Master and details: the lines of a quote, written with it. What a child may hold is its own entity's matter;
 * here only the list as such is judged.
 */
export const childListField = defineFieldType({
  name: 'child_list',
  label: { en: 'Child list', 'zh-CN': '子表' },
  description: {
    en: 'Records of another entity that belong to this one, edited with it.',
    'zh-CN': '从属于本记录、随其一起编辑的明细记录。',
  },
  configSchema: {
    properties: {
      of: entityKey(
        { en: 'Child entity', 'zh-CN': '子实体' },
        { en: 'The entity of the lines.', 'zh-CN': '明细所属的实体。' },
      ),
      by: configKey(
        nameSchema,
        { en: 'Through field', 'zh-CN': '通过字段' },
        { en: 'The lookup of the child that points here.', 'zh-CN': '子实体中指向本记录的关联字段。' },
      ),
    },
    required: ['of', 'by'],
  },
  columns: () => [],
  valueSchema: () => ({ type: 'array', maxItems: MOST, items: { type: 'object' } }),
  check: jsonFault,
  operators: [],
  sortable: false,
  groupable: false,
  measures: [],
  canBeUnique: false,
  canBeIndexed: false,
  relation: (field) => ({ kind: 'children', of: textOf(field, 'of') ?? '', by: textOf(field, 'by') ?? '' }),
  form: (field) => ({
    schema: { type: 'array', maxItems: MOST, items: { type: 'object' } },
    uiSchema: {
      'ui:widget': 'child_list',
      'ui:options': { of: textOf(field, 'of') ?? '', by: textOf(field, 'by') ?? '', max: MOST },
    },
  }),
  csv: { parse: parseChildren, format: (value) => JSON.stringify(value) },
  examples: [
    {
      config: { of: 'quote_line', by: 'quote' },
      valid: [[], [{ product: '泵', quantity: 2 }, {}]],
      invalid: [
        { value: ['x'], code: 'FIELD_TYPE_WRONG' },
        { value: [[]], code: 'FIELD_TYPE_WRONG' },
        { value: { 0: {} }, code: 'FIELD_TYPE_WRONG' },
        { value: [{ note: 'a\0' }], code: 'FIELD_TEXT_INVALID' },
        { value: Array.from({ length: MOST + 1 }, () => ({})), code: 'FIELD_LIST_TOO_LONG' },
      ],
      badConfigs: [{}, { of: 'quote_line' }, { by: 'quote' }, { of: 'quote_line', by: '1' }],
    },
  ],
})
