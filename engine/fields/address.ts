import { defineFieldType, type JsonSchema, ValueFaultError } from '../registry/field-type.ts'
import { parsedJson } from './parts/list.ts'

const PARTS = ['country', 'province', 'city', 'district', 'street', 'postcode'] as const
const MOST = { country: 60, province: 60, city: 60, district: 60, street: 300, postcode: 20 } as const

type Address = { readonly [part in (typeof PARTS)[number]]?: string }

function addressSchema(extra: JsonSchema): JsonSchema {
  const part = (name: keyof typeof MOST) => ({ type: 'string', ...extra, maxLength: MOST[name] })
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(PARTS.map((name) => [name, part(name)])),
  }
}

function textOfAddress(value: unknown): string {
  const address = value as Address
  return PARTS.map((part) => address[part] ?? '')
    .filter((part) => part !== '')
    .join(' ')
}

function parseAddress(cell: string): unknown {
  const value = parsedJson(cell)
  // An address in one piece cannot be taken apart without guessing, so it stays whole as the street.
  if (typeof value !== 'object') return { street: cell }
  if (value !== null && !Array.isArray(value)) return value
  throw new ValueFaultError({
    code: 'FIELD_TYPE_WRONG',
    params: { expected: { en: 'an address', 'zh-CN': '地址' } },
  })
}

export const addressField = defineFieldType({
  name: 'address',
  label: { en: 'Address', 'zh-CN': '地址' },
  description: { en: 'A postal address in parts.', 'zh-CN': '分段填写的通讯地址。' },
  configSchema: { properties: {} },
  columns: () => [{ suffix: '', sqlType: 'jsonb' }],
  valueSchema: () => addressSchema({ format: 'text' }),
  encode: (value) => [JSON.stringify(value)],
  operators: [],
  sortable: false,
  groupable: false,
  measures: [],
  canBeUnique: false,
  canBeIndexed: false,
  searchText: textOfAddress,
  form: () => ({
    schema: addressSchema({}),
    uiSchema: { 'ui:widget': 'address', 'ui:options': { parts: PARTS } },
  }),
  csv: { parse: parseAddress, format: (value) => JSON.stringify(value) },
  examples: [
    {
      config: {},
      valid: [
        {},
        {
          country: 'CN',
          province: '广东省',
          city: '深圳市',
          district: '南山区',
          street: '科技园路 1 号',
          postcode: '518057',
        },
        { street: '221B Baker Street 🏠', city: 'London' },
      ],
      invalid: [
        { value: { town: 'London' }, code: 'FIELD_UNKNOWN' },
        { value: JSON.parse('{"__proto__":{"a":1}}'), code: 'FIELD_UNKNOWN' },
        { value: { city: 7 }, code: 'FIELD_TYPE_WRONG' },
        { value: { city: null }, code: 'FIELD_TYPE_WRONG' },
        { value: { city: 'a\0' }, code: 'FIELD_TEXT_INVALID' },
        { value: { postcode: '1'.repeat(21) }, code: 'FIELD_TEXT_TOO_LONG' },
        { value: '深圳市', code: 'FIELD_TYPE_WRONG' },
        { value: [], code: 'FIELD_TYPE_WRONG' },
      ],
    },
  ],
})
