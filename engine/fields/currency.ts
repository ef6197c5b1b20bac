import type { FieldDefinition } from '../../metadata/text.ts'
import { defineFieldType, type FieldContext } from '../registry/field-type.ts'
import { checkRange, configKey, nameSchema, numberOf, textOf } from './parts/config.ts'
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

const DEFAULT_SCALE = 2

/** The workspace's currency, unless a field of the record says which one. */
function currencyOptions(field: FieldDefinition, context: FieldContext) {
  const currencyField = textOf(field, 'currencyField')
  return currencyField === undefined
    ? { currency: context.currency }
    : { currency: context.currency, currencyField }
}

export const currencyField = defineFieldType({
  name: 'currency',
  label: { en: 'Currency', 'zh-CN': '金额' },
  description: { en: 'An exact amount of money.', 'zh-CN': '精确的金额。' },
  configSchema: {
    properties: {
      scale: scaleKey(4, DEFAULT_SCALE),
      min: minKey,
      max: maxKey,
      currencyField: configKey(
        nameSchema,
        { en: 'Currency from field', 'zh-CN': '币种字段' },
        {
          en: 'The field of this entity that holds the ISO 4217 code of the amount.',
          'zh-CN': '本实体中保存金额币种（ISO 4217 代码）的字段。',
        },
      ),
    },
  },
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
  form: (field, context) =>
    numberForm(field, 'number', 'currency', {
      scale: numberOf(field, 'scale', DEFAULT_SCALE),
      ...currencyOptions(field, context),
    }),
  csv: {
    parse: (cell, field) => numberFromCell(cell, numberOf(field, 'scale', DEFAULT_SCALE)),
    format: (value) => plainNumber(value as number),
  },
  examples: [
    {
      config: {},
      valid: [0, 0.01, 19.99, -0.5, 9_999_999_999_999.99, 999_999_999_999_999],
      invalid: [
        { value: 1.005, code: 'FIELD_NUMBER_TOO_PRECISE' },
        { value: 99_999_999_999_999.98, code: 'FIELD_NUMBER_TOO_PRECISE' },
        { value: 1e15, code: 'FIELD_NUMBER_TOO_LARGE' },
        { value: '19.99', code: 'FIELD_TYPE_WRONG' },
      ],
      badConfigs: [{ scale: 5 }, { min: 1, max: 0 }, { currencyField: 'Not a name' }],
    },
    {
      config: { min: 0, scale: 4 },
      valid: [1.2345],
      invalid: [{ value: -0.01, code: 'FIELD_NUMBER_TOO_SMALL' }],
    },
  ],
})
