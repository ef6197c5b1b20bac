import { defineFieldType, ValueFaultError } from '../registry/field-type.ts'
import { jsonFault } from './parts/json-value.ts'
import { parsedJson } from './parts/list.ts'

function parseCell(cell: string): unknown {
  const value = parsedJson(cell)
  if (value !== undefined && value !== null) return value
  throw new ValueFaultError({
    code: 'FIELD_TYPE_WRONG',
    params: { expected: { en: 'JSON', 'zh-CN': 'JSON' } },
  })
}

export const jsonField = defineFieldType({
  name: 'json',
  label: { en: 'JSON', 'zh-CN': 'JSON' },
  description: {
    en: 'Any JSON value, for data of other systems.',
    'zh-CN': '任意 JSON 值，用于存放其他系统的数据。',
  },
  configSchema: { properties: {} },
  columns: () => [{ suffix: '', sqlType: 'jsonb' }],
  valueSchema: () => ({}),
  check: jsonFault,
  // Written out here: the driver would take a list for an array of PostgreSQL and a text for JSON.
  encode: (value) => [JSON.stringify(value)],
  operators: [],
  sortable: false,
  groupable: false,
  measures: [],
  canBeUnique: false,
  canBeIndexed: false,
  form: () => ({
    schema: { type: ['object', 'array', 'string', 'number', 'boolean'] },
    uiSchema: { 'ui:widget': 'json' },
  }),
  csv: { parse: parseCell, format: (value) => JSON.stringify(value) },
  examples: [
    {
      config: {},
      valid: [
        {},
        [],
        'text',
        0,
        -0,
        false,
        { 客户: [{ 名称: '华兴' }, null, 1.5, '😀'], '': { a: { b: [] } } },
        JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":1}}'),
        [1e300, 5e-324, 0.1 + 0.2],
      ],
      invalid: [
        { value: { text: 'a\0b' }, code: 'FIELD_TEXT_INVALID' },
        { value: { 'a\0': 1 }, code: 'FIELD_TEXT_INVALID' },
        { value: ['\udc00'], code: 'FIELD_TEXT_INVALID' },
        { value: JSON.parse(`${'['.repeat(102)}${']'.repeat(102)}`), code: 'FIELD_JSON_TOO_DEEP' },
        { value: [Number.POSITIVE_INFINITY], code: 'FIELD_NUMBER_TOO_PRECISE' },
      ],
    },
  ],
})
