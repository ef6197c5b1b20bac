import { defineFieldType } from '../registry/field-type.ts'
import { checkRange, numberOf } from './parts/config.ts'
import {
  limitsOf,
  maxKey,
  minKey,
  NUMBER_OPERATORS,
  numberForm,
  numberFromCell,
  plainNumber,
  scaleKey,
} from './parts/number.ts'

const DEFAULT_SCALE = 4

export const decimalField = defineFieldType({
  name: 'decimal',
  label: { en: 'Decimal', 'zh-CN': '小数' },
  description: { en: 'An exact number with digits after the point.', 'zh-CN': '精确的小数。' },
  configSchema: { properties: { scale: scaleKey(10, DEFAULT_SCALE), min: minKey, max: maxKey } },
  checkConfig: (field) => checkRange(field, 'min', 'max'),
  columns: () => [{ suffix: '', sqlType: 'numeric' }],
  valueSchema: (field) => ({
    type: 'number',
    ...limitsOf(field),
    'x-decimals': numberOf(field, 'scale', DEFAULT_SCALE),
  }),
  rule: { type: 'number' },
  operators: NUMBER_OPERATORS,
  sortable: true,
  groupable: true,
  measures: ['sum', 'avg', 'min', 'max'],
  canBeUnique: true,
  canBeIndexed: true,
  form: (field) => numberForm(field, 'number', 'decimal', { scale: numberOf(field, 'scale', DEFAULT_SCALE) }),
  csv: {
    parse: (cell, field) => numberFromCell(cell, numberOf(field, 'scale', DEFAULT_SCALE)),
    format: (value) => plainNumber(value as number),
  },
  examples: [
    {
      config: { scale: 10 },
      valid: [0, -0, 1.5, -0.0000000001, 99999.9999999999, 999_999_999_999_999, 0.3, 1e-7, 12345678901234.5],
      invalid: [
        { value: 0.1 + 0.2, code: 'FIELD_NUMBER_TOO_PRECISE' },
        { value: 1e-11, code: 'FIELD_NUMBER_TOO_PRECISE' },
        { value: 123456789012.3456, code: 'FIELD_NUMBER_TOO_PRECISE' },
        { value: 1e15, code: 'FIELD_NUMBER_TOO_LARGE' },
        { value: '1.5', code: 'FIELD_TYPE_WRONG' },
        { value: Number.NEGATIVE_INFINITY, code: 'FIELD_TYPE_WRONG' },
      ],
      badConfigs: [{ scale: 11 }, { scale: -1 }, { scale: 1.5 }, { min: 3, max: 2 }],
    },
    {
      config: { scale: 0, min: 0 },
      valid: [3],
      invalid: [
        { value: 3.5, code: 'FIELD_NUMBER_TOO_PRECISE' },
        { value: -1, code: 'FIELD_NUMBER_TOO_SMALL' },
      ],
    },
  ],
})
