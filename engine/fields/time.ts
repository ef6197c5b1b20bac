import { defineFieldType, ValueFaultError } from '../registry/field-type.ts'
import { isTime } from './parts/formats.ts'
import { formatFault } from './parts/nouns.ts'

/** HH:MM:SS of HH:MM or HH:MM:SS. */
function canonicalTime(text: string): string {
  return text.length === 5 ? `${text}:00` : text
}

function parseTime(cell: string): string {
  const text = cell.trim().replace('：', ':').padStart(5, '0')
  if (!isTime(text)) throw new ValueFaultError(formatFault('time'))
  return canonicalTime(text)
}

export const timeField = defineFieldType({
  name: 'time',
  label: { en: 'Time of day', 'zh-CN': '时间' },
  description: { en: 'A time of day, without a date.', 'zh-CN': '一天中的某个时间，不含日期。' },
  configSchema: { properties: {} },
  columns: () => [{ suffix: '', sqlType: 'time(0)' }],
  valueSchema: () => ({ type: 'string', format: 'time' }),
  encode: (value) => [canonicalTime(String(value))],
  rule: { type: 'time' },
  operators: ['==', '!=', '<', '<=', '>', '>=', 'empty', 'not_empty'],
  sortable: true,
  groupable: true,
  measures: ['min', 'max'],
  canBeUnique: true,
  canBeIndexed: true,
  form: () => ({
    schema: { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?$' },
    uiSchema: { 'ui:widget': 'time' },
  }),
  csv: { parse: parseTime, format: (value) => String(value) },
  examples: [
    {
      config: {},
      valid: ['00:00:00', '09:30:00', '23:59:59'],
      invalid: ['24:00', '24:00:00', '23:59:60', '9:30', '09:60', '09:30:00Z', '09:30:00.5', 'noon', '']
        .map((value) => ({ value: value as unknown, code: 'FIELD_FORMAT_INVALID' }))
        .concat({ value: 930, code: 'FIELD_TYPE_WRONG' }),
    },
  ],
})
