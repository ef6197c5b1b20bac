import { defineFieldType, ValueFaultError } from '../registry/field-type.ts'
import { isDuration } from './parts/formats.ts'
import { formatFault } from './parts/nouns.ts'

function parseDuration(cell: string): string {
  const text = cell.trim().toUpperCase()
  if (!isDuration(text)) throw new ValueFaultError(formatFault('duration'))
  return text
}

export const durationField = defineFieldType({
  name: 'duration',
  label: { en: 'Duration', 'zh-CN': '时长' },
  description: {
    en: 'A length of time, such as two hours or ten days.',
    'zh-CN': '一段时间，例如两小时或十天。',
  },
  configSchema: { properties: {} },
  // Connections run with intervalstyle iso_8601, so the column itself reads as the API writes it.
  columns: () => [{ suffix: '', sqlType: 'interval' }],
  valueSchema: () => ({ type: 'string', format: 'duration' }),
  rule: { type: 'duration' },
  operators: ['==', '!=', '<', '<=', '>', '>=', 'empty', 'not_empty'],
  sortable: true,
  groupable: true,
  measures: ['min', 'max'],
  // Thirty days equal one month in the database's order; as a key that would surprise.
  canBeUnique: false,
  canBeIndexed: true,
  form: () => ({ schema: { type: 'string', pattern: '^P' }, uiSchema: { 'ui:widget': 'duration' } }),
  csv: { parse: parseDuration, format: (value) => String(value) },
  examples: [
    {
      config: {},
      valid: ['PT0S', 'PT2H', 'P10D', 'P1Y2M3DT4H5M6S', 'PT1H30M', 'PT0.5S', 'P7D'],
      invalid: ['P', 'PT', 'P1', '2H', 'P-1D', '-P1D', 'P1H', 'PT1D', 'P1.5D', 'p1d', 'P1DT', 'P9999999D', '']
        .map((value) => ({ value: value as unknown, code: 'FIELD_FORMAT_INVALID' }))
        .concat({ value: 3600, code: 'FIELD_TYPE_WRONG' }),
    },
  ],
})
