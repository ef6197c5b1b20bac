import { defineFieldType, type JsonSchema, ValueFaultError } from '../registry/field-type.ts'

interface Location {
  readonly lat: number
  readonly lng: number
}

const CELL = /^\s*(-?\d{1,2}(?:\.\d{1,15})?)\s*[,，]\s*(-?\d{1,3}(?:\.\d{1,15})?)\s*$/

const locationSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['lat', 'lng'],
  properties: {
    lat: { type: 'number', minimum: -90, maximum: 90 },
    lng: { type: 'number', minimum: -180, maximum: 180 },
  },
}

function parseLocation(cell: string): Location {
  const parts = CELL.exec(cell)
  if (parts !== null) return { lat: Number(parts[1]), lng: Number(parts[2]) }
  throw new ValueFaultError({
    code: 'FIELD_TYPE_WRONG',
    params: { expected: { en: '“latitude, longitude”', 'zh-CN': '“纬度, 经度”' } },
  })
}

export const locationField = defineFieldType({
  name: 'location',
  label: { en: 'Location', 'zh-CN': '位置' },
  description: { en: 'A point on the map (WGS 84).', 'zh-CN': '地图上的一点（WGS 84）。' },
  configSchema: { properties: {} },
  columns: () => [{ suffix: '', sqlType: 'jsonb' }],
  valueSchema: () => locationSchema,
  encode: (value) => [JSON.stringify(value)],
  operators: [],
  sortable: false,
  groupable: false,
  measures: [],
  canBeUnique: false,
  canBeIndexed: false,
  form: () => ({ schema: locationSchema, uiSchema: { 'ui:widget': 'location' } }),
  csv: {
    parse: parseLocation,
    format: (value) => `${(value as Location).lat}, ${(value as Location).lng}`,
  },
  examples: [
    {
      config: {},
      valid: [
        { lat: 39.9042, lng: 116.4074 },
        { lat: -90, lng: 180 },
        { lat: 0, lng: -0.1278 },
      ],
      invalid: [
        { value: { lat: 91, lng: 0 }, code: 'FIELD_NUMBER_TOO_LARGE' },
        { value: { lat: 0, lng: -181 }, code: 'FIELD_NUMBER_TOO_SMALL' },
        { value: { lat: 1 }, code: 'FIELD_REQUIRED' },
        { value: { lat: 1, lng: 2, alt: 3 }, code: 'FIELD_UNKNOWN' },
        { value: { lat: '1', lng: 2 }, code: 'FIELD_TYPE_WRONG' },
        { value: [1, 2], code: 'FIELD_TYPE_WRONG' },
        { value: '39.9, 116.4', code: 'FIELD_TYPE_WRONG' },
      ],
    },
  ],
})
