import { defineFieldType } from '../registry/field-type.ts'
import { shortText } from './parts/text.ts'

export const phoneField = defineFieldType({
  ...shortText,
  name: 'phone',
  label: { en: 'Phone', 'zh-CN': '电话' },
  description: { en: 'A phone number, as people write it.', 'zh-CN': '电话号码，按习惯书写即可。' },
  configSchema: { properties: {} },
  valueSchema: () => ({ type: 'string', format: 'phone' }),
  form: () => ({
    schema: { type: 'string', minLength: 3, maxLength: 40 },
    uiSchema: { 'ui:widget': 'phone' },
  }),
  csv: { parse: (cell) => cell.trim(), format: (value) => String(value) },
  examples: [
    {
      config: {},
      valid: [
        '13800138000',
        '+86 138 0013 8000',
        '010-65529988 转 801',
        '(415) 555-2671 ext. 12',
        '＋８６ １３８００１３８０００',
        '021-5555 0100/0101',
        '110',
      ],
      invalid: [
        '',
        '12',
        'call me',
        '1'.repeat(21),
        '138-0013-8000!',
        "1234'; --",
        '138\n0013',
        '+'.repeat(41),
      ]
        .map((value) => ({ value: value as unknown, code: 'FIELD_FORMAT_INVALID' }))
        .concat({ value: 13800138000, code: 'FIELD_TYPE_WRONG' }),
    },
  ],
})
