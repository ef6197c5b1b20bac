import { defineFieldType, ValueFaultError } from '../registry/field-type.ts'
import { isDate } from './parts/formats.ts'
import { formatFault } from './parts/nouns.ts'

const WRITTEN = /^(\d{4})\s*(?:-|\/|\.|年)\s*(\d{1,2})\s*(?:-|\/|\.|月)\s*(\d{1,2})\s*日?$/

/** A day with the year first, as `2026-03-02`, `2026/3/2` or `2026年3月2日`: the only order that is never misread. */
function parseDate(cell: string): string {
  const parts = WRITTEN.exec(cell.trim())
  const date = parts === null ? '' : `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`
  if (!isDate(date)) throw new ValueFaultError(formatFault('date'))
  return date
}

export const dateField = defineFieldType({
  name: 'date',
  label: { en: 'Date', 'zh-CN': '日期' },
  description: { en: 'A day, without a time and a time zone.', 'zh-CN': '某一天，不含时间与时区。' },
  configSchema: { properties: {} },
  columns: () => [{ suffix: '', sqlType: 'date' }],
  valueSchema: () => ({ type: 'string', format: 'date' }),
  rule: { type: 'date' },
  operators: ['==', '!=', '<', '<=', '>', '>=', 'in', 'empty', 'not_empty'],
  sortable: true,
  groupable: true,
  measures: ['min', 'max'],
  canBeUnique: true,
  canBeIndexed: true,
  form: () => ({
    schema: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    uiSchema: { 'ui:widget': 'date' },
  }),
  csv: { parse: parseDate, format: (value) => String(value) },
  examples: [
    {
      config: {},
      valid: ['2026-03-02', '0001-01-01', '9999-12-31', '2024-02-29', '2000-02-29'],
      invalid: [
        '2023-02-29',
        '1900-02-29',
        '0000-01-01',
        '10000-01-01',
        '2026-13-01',
        '2026-00-10',
        '2026-04-31',
        '2026-1-1',
        '2026-03-02T00:00:00Z',
        '2026-03-02 BC',
        '２０２６-03-02',
        'today',
        'infinity',
        '',
      ]
        .map((value) => ({ value: value as unknown, code: 'FIELD_FORMAT_INVALID' }))
        .concat({ value: 20260302, code: 'FIELD_TYPE_WRONG' }),
    },
  ],
})
