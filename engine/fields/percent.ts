import { defineFieldType, ValueFaultError } from '../registry/field-type.ts'
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
  shiftPoint,
} from './parts/number.ts'

const DEFAULT_SCALE = 4
const WITH_SIGN = /[%％]\s*$/

/** `30%` or the fraction `0.3`; the sign decides, so that a cell means what it says. */
function parsePercent(cell: string, scale: number): number {
  if (!WITH_SIGN.test(cell)) return numberFromCell(cell, scale)
  const percent = numberFromCell(cell.replace(WITH_SIGN, ''), scale)
  const fraction = Number(shiftPoint(String(percent), -2))
  if (!Number.isFinite(fraction)) throw new ValueFaultError({ code: 'FIELD_NUMBER_TOO_LARGE' })
  return fraction
}

export const percentField = defineFieldType({
  name: 'percent',
  label: { en: 'Percent', 'zh-CN': '百分比' },
  description: {
    en: 'A share, kept as a fraction: 0.3 is shown as 30 %.',
    'zh-CN': '比例，以小数保存：0.3 显示为 30%。',
  },
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
  measures: ['avg', 'min', 'max'],
  canBeUnique: true,
  canBeIndexed: true,
  form: (field) => numberForm(field, 'number', 'percent', { scale: numberOf(field, 'scale', DEFAULT_SCALE) }),
  csv: {
    parse: (cell, field) => parsePercent(cell, numberOf(field, 'scale', DEFAULT_SCALE)),
    format: (value) => `${shiftPoint(plainNumber(value as number), 2)}%`,
  },
  examples: [
    {
      config: { max: 0.3 },
      valid: [0, 0.3, 0.0725, -0.1],
      invalid: [
        { value: 0.31, code: 'FIELD_NUMBER_TOO_LARGE' },
        { value: 0.00001, code: 'FIELD_NUMBER_TOO_PRECISE' },
        { value: '30%', code: 'FIELD_TYPE_WRONG' },
      ],
      badConfigs: [{ scale: 12 }, { min: 0.5, max: 0.1 }],
    },
    {
      config: { scale: 10 },
      valid: [12.5, 0.0000000001],
      invalid: [{ value: 1e-11, code: 'FIELD_NUMBER_TOO_PRECISE' }],
    },
  ],
})
