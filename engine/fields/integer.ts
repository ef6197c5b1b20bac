import { defineFieldType } from '../registry/field-type.ts'
import { checkRange } from './parts/config.ts'
import {
  limitsOf,
  maxKey,
  minKey,
  NUMBER_OPERATORS,
  numberForm,
  numberFromCell,
  plainNumber,
} from './parts/number.ts'

export const integerField = defineFieldType({
  name: 'integer',
  label: { en: 'Whole number', 'zh-CN': '整数' },
  description: { en: 'A whole number of at most 15 digits.', 'zh-CN': '最多 15 位的整数。' },
  configSchema: {
    properties: { min: { ...minKey, type: 'integer' }, max: { ...maxKey, type: 'integer' } },
  },
  checkConfig: (field) => checkRange(field, 'min', 'max'),
  columns: () => [{ suffix: '', sqlType: 'bigint' }],
  valueSchema: (field) => ({ type: 'integer', ...limitsOf(field) }),
  rule: { type: 'number' },
  operators: NUMBER_OPERATORS,
  sortable: true,
  groupable: true,
  measures: ['sum', 'avg', 'min', 'max'],
  canBeUnique: true,
  canBeIndexed: true,
  form: (field) => numberForm(field, 'integer', 'integer', {}),
  csv: {
    parse: (cell) => numberFromCell(cell, 0),
    format: (value) => plainNumber(value as number),
  },
  examples: [
    {
      config: {},
      valid: [0, -0, 7, -42, 999_999_999_999_999, -999_999_999_999_999],
      invalid: [
        { value: 1.5, code: 'FIELD_TYPE_WRONG' },
        { value: '7', code: 'FIELD_TYPE_WRONG' },
        { value: 1_000_000_000_000_000, code: 'FIELD_NUMBER_TOO_LARGE' },
        { value: -1e300, code: 'FIELD_NUMBER_TOO_SMALL' },
        { value: Number.POSITIVE_INFINITY, code: 'FIELD_TYPE_WRONG' },
        { value: Number.NaN, code: 'FIELD_TYPE_WRONG' },
      ],
      badConfigs: [{ min: 1.5 }, { min: 2, max: 1 }, { max: 1e16 }],
    },
    {
      config: { min: 0, max: 5 },
      valid: [0, 5],
      invalid: [
        { value: -1, code: 'FIELD_NUMBER_TOO_SMALL' },
        { value: 6, code: 'FIELD_NUMBER_TOO_LARGE' },
      ],
    },
  ],
})
