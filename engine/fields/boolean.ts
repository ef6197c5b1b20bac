import { defineFieldType, ValueFaultError } from '../registry/field-type.ts'

const CELLS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'y', '1', '是', '对', '真', '√'].map((word) => [word, true] as const),
  ...['false', 'no', 'n', '0', '否', '不', '假', '×'].map((word) => [word, false] as const),
])

function parseBoolean(cell: string): boolean {
  const value = CELLS.get(cell.trim().toLowerCase())
  if (value !== undefined) return value
  throw new ValueFaultError({
    code: 'FIELD_TYPE_WRONG',
    params: { expected: { en: 'true or false', 'zh-CN': '“是”或“否”' } },
  })
}

export const booleanField = defineFieldType({
  name: 'boolean',
  label: { en: 'Yes or no', 'zh-CN': '是或否' },
  description: { en: 'A box to tick.', 'zh-CN': '复选框。' },
  configSchema: { properties: {} },
  columns: () => [{ suffix: '', sqlType: 'boolean' }],
  valueSchema: () => ({ type: 'boolean' }),
  rule: { type: 'boolean' },
  operators: ['==', '!=', 'empty', 'not_empty'],
  sortable: true,
  groupable: true,
  measures: [],
  canBeUnique: false,
  canBeIndexed: true,
  form: () => ({ schema: { type: 'boolean' }, uiSchema: { 'ui:widget': 'checkbox' } }),
  csv: { parse: parseBoolean, format: (value) => String(value) },
  examples: [
    {
      config: {},
      valid: [true, false],
      invalid: [
        { value: 'true', code: 'FIELD_TYPE_WRONG' },
        { value: 1, code: 'FIELD_TYPE_WRONG' },
      ],
    },
  ],
})
