import { defineFieldType } from '../registry/field-type.ts'
import { shortText } from './parts/text.ts'

export const emailField = defineFieldType({
  ...shortText,
  name: 'email',
  label: { en: 'E-mail', 'zh-CN': '邮箱' },
  description: { en: 'An e-mail address.', 'zh-CN': '电子邮箱地址。' },
  configSchema: { properties: {} },
  valueSchema: () => ({ type: 'string', format: 'email' }),
  form: () => ({
    schema: { type: 'string', maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$' },
    uiSchema: { 'ui:widget': 'email' },
  }),
  csv: { parse: (cell) => cell.trim(), format: (value) => String(value) },
  examples: [
    {
      config: {},
      valid: [
        'lily@example.com',
        "o'brien+crm@mail.example.co.uk",
        'LI.Wei@QQ.com',
        '李伟@例子.中国',
        'a@b.co',
      ],
      invalid: [
        'lily',
        'lily@',
        '@example.com',
        'lily@example',
        'li ly@example.com',
        'lily@example..com',
        '.lily@example.com',
        'lily@-example.com',
        'lily@127.0.0.1',
        'a@b@example.com',
        'lily@example.com\n',
        `${'a'.repeat(65)}@example.com`,
        '',
      ]
        .map((value) => ({ value: value as unknown, code: 'FIELD_FORMAT_INVALID' }))
        .concat({ value: 1, code: 'FIELD_TYPE_WRONG' }),
    },
  ],
})
