import { didYouMean, nearest } from '../../metadata/nearest.ts'
import { defineFieldType, ValueFaultError } from '../registry/field-type.ts'
import { optionSchema, widgetOptions } from './parts/options.ts'
import { REFERENCE_OPERATORS } from './parts/reference.ts'
import { TEXT_COLUMN } from './parts/text.ts'

/** The zones of the IANA database that this Node knows, by their canonical names. */
const ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].map((name) => ({ name }))
const NAMES: ReadonlySet<string> = new Set(ZONES.map(({ name }) => name))

function parseZone(cell: string): string {
  const name = cell.trim()
  if (NAMES.has(name)) return name
  const hint = didYouMean(nearest(name, [...NAMES]))
  throw new ValueFaultError({
    code: 'FIELD_OPTION_UNKNOWN',
    params: { value: name.slice(0, 80) },
    ...(hint && { hint }),
  })
}

export const timeZoneField = defineFieldType({
  name: 'time_zone',
  label: { en: 'Time zone', 'zh-CN': '时区' },
  description: { en: 'A time zone, such as Asia/Shanghai.', 'zh-CN': '时区，例如 Asia/Shanghai。' },
  configSchema: { properties: {} },
  columns: () => [TEXT_COLUMN],
  valueSchema: () => optionSchema(ZONES),
  rule: { type: 'text' },
  operators: REFERENCE_OPERATORS,
  sortable: true,
  groupable: true,
  measures: [],
  canBeUnique: false,
  canBeIndexed: true,
  form: () => ({
    schema: optionSchema(ZONES),
    uiSchema: { 'ui:widget': 'select', 'ui:options': { options: widgetOptions(ZONES) } },
  }),
  csv: { parse: parseZone, format: (value) => String(value) },
  examples: [
    {
      config: {},
      valid: ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'UTC'],
      invalid: [
        { value: 'Asia/Shanhai', code: 'FIELD_OPTION_UNKNOWN' },
        { value: 'asia/shanghai', code: 'FIELD_OPTION_UNKNOWN' },
        { value: '+08:00', code: 'FIELD_OPTION_UNKNOWN' },
        { value: '', code: 'FIELD_OPTION_UNKNOWN' },
        { value: 8, code: 'FIELD_TYPE_WRONG' },
      ],
    },
  ],
})
