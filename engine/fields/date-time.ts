import { defineFieldType, ValueFaultError } from '../registry/field-type.ts'
import { isInstant } from './parts/formats.ts'
import { formatFault } from './parts/nouns.ts'

/** An instant as the API writes it: UTC with milliseconds; what is finer is cut off. */
export function canonicalInstant(text: string): string {
  return new Date(text).toISOString()
}

/** An ISO instant, also with a space instead of T; a zone must be told, since the file's zone is not known. */
function parseInstant(cell: string): string {
  const text = cell
    .trim()
    .replace(/^(\d{4}-\d\d-\d\d) +/, '$1T')
    .replace(/ +(?=Z|[+-]\d\d:\d\d$)/, '')
  if (!isInstant(text)) throw new ValueFaultError(formatFault('date-time'))
  return canonicalInstant(text)
}

export const dateTimeField = defineFieldType({
  name: 'date_time',
  label: { en: 'Date and time', 'zh-CN': '日期时间' },
  description: {
    en: 'An instant, shown in the zone of who looks.',
    'zh-CN': '某一时刻，按查看者的时区显示。',
  },
  configSchema: { properties: {} },
  columns: () => [{ suffix: '', sqlType: 'timestamptz(3)' }],
  valueSchema: () => ({ type: 'string', format: 'date-time' }),
  encode: (value) => [canonicalInstant(String(value))],
  // to_json drops zeros at the end of a fraction; one microsecond more keeps all digits, and the cut takes it off.
  // Measured on 300,000 rows: about two thirds of the time that to_char takes.
  json: ([column]) =>
    `substr(to_json((${column} AT TIME ZONE 'UTC')::timestamp(3) + interval '1 microsecond')::text, 2, 23) || 'Z'`,
  rule: { type: 'datetime' },
  operators: ['<', '<=', '>', '>=', '==', '!=', 'empty', 'not_empty'],
  sortable: true,
  groupable: true,
  measures: ['min', 'max'],
  canBeUnique: true,
  canBeIndexed: true,
  form: () => ({
    schema: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T' },
    uiSchema: { 'ui:widget': 'date_time' },
  }),
  csv: { parse: parseInstant, format: (value) => String(value) },
  examples: [
    {
      config: {},
      valid: [
        '2026-03-02T01:00:00.000Z',
        '2026-03-02T01:00:00.123Z',
        '0001-01-01T00:00:00.000Z',
        '9999-12-31T23:59:59.999Z',
        '1969-12-31T23:59:59.999Z',
        '2024-02-29T12:30:45.100Z',
      ],
      invalid: [
        '2026-03-02',
        '2026-03-02T09:00:00',
        '2026-03-02T24:00:00Z',
        '2016-12-31T23:59:60Z',
        '2023-02-29T00:00:00Z',
        '2026-03-02T09:60:00Z',
        '2026-03-02 09:00:00Z',
        '0001-01-01T00:00:00+08:00',
        '9999-12-31T23:59:59-01:00',
        '+010000-01-01T00:00:00Z',
        '2026-03-02T09:00:00+8',
        'now',
        '',
      ]
        .map((value) => ({ value: value as unknown, code: 'FIELD_FORMAT_INVALID' }))
        .concat({ value: 1772413200000, code: 'FIELD_TYPE_WRONG' }),
    },
  ],
})
