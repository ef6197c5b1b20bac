import { defineFieldType, ValueFaultError } from '../../engine/registry/field-type.ts'
import type { FieldDefinition } from '../../metadata/text.ts'

const DEFAULT_STARS = 5

/** How many stars there are to give. */
function starsOf(field: FieldDefinition): number {
  return typeof field.stars === 'number' ? field.stars : DEFAULT_STARS
}

/** `4`, `4/5`, `4 stars`, `4 星` or `★★★★☆` as a number of stars. */
function parseStars(cell: string): number {
  const text = cell.trim()
  if (/^★+☆*$/.test(text)) return text.replaceAll('☆', '').length
  const written = /^(\d{1,2})\s*(?:\/\s*\d{1,2}|stars?|星|颗星)?$/i.exec(text)
  if (written !== null) return Number(written[1])
  throw new ValueFaultError({
    code: 'FIELD_TYPE_WRONG',
    params: { expected: { en: 'a number of stars', 'zh-CN': '星数' } },
  })
}

export const ratingField = defineFieldType({
  name: 'rating',
  label: { en: 'Rating', 'zh-CN': '评分' },
  description: { en: 'Stars, from one up.', 'zh-CN': '以星数表示的评分，从一星起。' },
  configSchema: {
    properties: {
      stars: {
        title: 'Stars',
        description: 'How many stars there are to give.',
        'x-zh': { title: '星数', description: '最多可评几颗星。' },
        type: 'integer',
        minimum: 3,
        maximum: 10,
        default: DEFAULT_STARS,
      },
    },
  },
  columns: () => [{ suffix: '', sqlType: 'smallint' }],
  valueSchema: (field) => ({ type: 'integer', minimum: 1, maximum: starsOf(field) }),
  rule: { type: 'number' },
  operators: ['>=', '<=', '==', '!=', '>', '<', 'empty', 'not_empty'],
  sortable: true,
  groupable: true,
  measures: ['avg', 'min', 'max'],
  canBeUnique: false,
  canBeIndexed: true,
  form: (field) => ({
    schema: { type: 'integer', minimum: 1, maximum: starsOf(field) },
    uiSchema: { 'ui:widget': 'rating', 'ui:options': { stars: starsOf(field) } },
  }),
  csv: { parse: parseStars, format: (value) => String(value) },
  examples: [
    {
      config: {},
      valid: [1, 3, 5],
      invalid: [
        { value: 0, code: 'FIELD_NUMBER_TOO_SMALL' },
        { value: 6, code: 'FIELD_NUMBER_TOO_LARGE' },
        { value: 3.5, code: 'FIELD_TYPE_WRONG' },
        { value: '★★★', code: 'FIELD_TYPE_WRONG' },
      ],
      badConfigs: [{ stars: 2 }, { stars: 11 }, { stars: '5' }],
    },
    {
      config: { stars: 10 },
      valid: [10],
      invalid: [{ value: 11, code: 'FIELD_NUMBER_TOO_LARGE' }],
    },
  ],
})
