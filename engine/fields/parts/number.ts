import type { FieldDefinition } from '../../../metadata/text.ts'
import { type FormPart, type JsonSchema, ValueFaultError } from '../../registry/field-type.ts'
import { configKey, optionalNumberOf } from './config.ts'
import { MAX_DIGITS, MAX_WHOLE } from './keywords.ts'

export const NUMBER_OPERATORS = ['==', '!=', '<', '<=', '>', '>=', 'in', 'empty', 'not_empty'] as const

const limitSchema: JsonSchema = { type: 'number', minimum: -MAX_WHOLE, maximum: MAX_WHOLE }

export const minKey = configKey(
  limitSchema,
  { en: 'Smallest value', 'zh-CN': '最小值' },
  { en: 'The smallest number that is accepted.', 'zh-CN': '允许填写的最小数值。' },
)
export const maxKey = configKey(
  limitSchema,
  { en: 'Largest value', 'zh-CN': '最大值' },
  { en: 'The largest number that is accepted.', 'zh-CN': '允许填写的最大数值。' },
)

/** The key for the digits after the point. */
export function scaleKey(most: number, fallback: number): JsonSchema {
  return configKey(
    { type: 'integer', minimum: 0, maximum: most, default: fallback },
    { en: 'Decimals', 'zh-CN': '小数位数' },
    { en: 'How many digits may stand after the point.', 'zh-CN': '小数点后最多几位。' },
  )
}

/** `minimum` and `maximum` of a numeric field: its own, else those of 15 whole digits. */
export function limitsOf(field: FieldDefinition): JsonSchema {
  return {
    minimum: optionalNumberOf(field, 'min') ?? -MAX_WHOLE,
    maximum: optionalNumberOf(field, 'max') ?? MAX_WHOLE,
  }
}

/** The form part of a numeric field; digits after the point are the widget's and the server's matter. */
export function numberForm(
  field: FieldDefinition,
  type: 'number' | 'integer',
  widget: string,
  options: JsonSchema,
): FormPart {
  return {
    schema: { type, ...limitsOf(field) },
    uiSchema: { 'ui:widget': widget, 'ui:options': { ...options, ...ownLimitsOf(field) } },
  }
}

function ownLimitsOf(field: FieldDefinition): JsonSchema {
  const [min, max] = [optionalNumberOf(field, 'min'), optionalNumberOf(field, 'max')]
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
}

const CELL = /^[+-]?(?:\d+|\d{1,3}(?:[,，]\d{3})+)?(?:\.\d*)?(?:[eE][+-]?\d{1,3})?$/
const CURRENCY_SIGNS = /^([+-]?)\s*(?:[¥￥$€£]|[A-Z]{3}\s)\s*/

/**
 * A cell that people wrote as a number: thousands may be parted by commas, a currency sign may lead.
 * @throws ValueFaultError FIELD_TYPE_WRONG for what is no number, FIELD_NUMBER_TOO_PRECISE for more than 15 digits
 */
export function numberFromCell(cell: string, scale: number): number {
  const text = cell.trim().replace(CURRENCY_SIGNS, '$1')
  if (!/\d/.test(text) || !CELL.test(text)) {
    throw new ValueFaultError({
      code: 'FIELD_TYPE_WRONG',
      params: { expected: { en: 'a number', 'zh-CN': '数字' } },
    })
  }
  const plain = text.replace(/[,，]/g, '')
  const digits = plain
    .replace(/[eE].*$/, '')
    .replace('.', '')
    .replace(/^[+-]?0*/, '')
    .replace(/0+$/, '')
  if (digits.length > MAX_DIGITS) {
    throw new ValueFaultError({ code: 'FIELD_NUMBER_TOO_PRECISE', params: { scale } })
  }
  return Number(plain)
}

/** A number in digits alone, without an exponent, as every spreadsheet reads it. */
export function plainNumber(value: number): string {
  const text = value.toString()
  if (!text.includes('e')) return Object.is(value, -0) ? '0' : text
  return shiftPoint(text, 0)
}

/** The decimal text of a number with its point moved right by `places`, exactly, without an exponent. */
export function shiftPoint(number: string, places: number): string {
  const negative = number.startsWith('-')
  const [mantissa = '', exponent = '0'] = number.replace(/^[+-]/, '').toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const point = whole.length + Number(exponent) + places
  const digits = `${whole}${fraction}`
  const padded = point <= 0 ? `${'0'.repeat(1 - point)}${digits}` : digits.padEnd(point, '0')
  const at = Math.max(point, 1)
  const left = padded.slice(0, at).replace(/^0+(?=\d)/, '')
  const right = padded.slice(at).replace(/0+$/, '')
  const text = right === '' ? left : `${left}.${right}`
  return negative && text !== '0' ? `-${text}` : text
}
