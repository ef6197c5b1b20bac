import { defineFieldType } from '../registry/field-type.ts'
import { configKey, numberOf } from './parts/config.ts'
import { checkUniqueLength, shortText } from './parts/text.ts'

const DEFAULT_MAX = 2000

export const urlField = defineFieldType({
  ...shortText,
  name: 'url',
  label: { en: 'URL', 'zh-CN': '网址' },
  description: { en: 'A web address.', 'zh-CN': '网页地址。' },
  configSchema: {
    properties: {
      max: configKey(
        { type: 'integer', minimum: 20, maximum: 2000, default: DEFAULT_MAX },
        { en: 'Most characters', 'zh-CN': '最多字符数' },
        { en: 'How many characters a value may have.', 'zh-CN': '内容最多可有多少个字符。' },
      ),
    },
  },
  checkConfig: (field) => checkUniqueLength(field, numberOf(field, 'max', DEFAULT_MAX)),
  // Only http and https: an address such as javascript:… would run where it is shown as a link.
  valueSchema: (field) => ({
    type: 'string',
    format: 'uri',
    maxLength: numberOf(field, 'max', DEFAULT_MAX),
  }),
  form: (field) => ({
    schema: {
      type: 'string',
      maxLength: numberOf(field, 'max', DEFAULT_MAX),
      pattern: '^[hH][tT][tT][pP][sS]?://[^\\s]+$',
    },
    uiSchema: { 'ui:widget': 'url' },
  }),
  csv: { parse: (cell) => cell.trim(), format: (value) => String(value) },
  examples: [
    {
      config: {},
      valid: [
        'https://example.com',
        'http://例子.中国/路径?q=值#片段',
        'HTTPS://Example.com:8443/a%20b',
        'http://127.0.0.1/',
      ],
      invalid: [
        'example.com',
        'javascript:alert(1)',
        'ftp://example.com',
        'https://',
        'https://exa mple.com',
        ' https://example.com',
        'https://example.com\n',
        'data:text/html,x',
        '//example.com',
        '',
      ]
        .map((value) => ({ value: value as unknown, code: 'FIELD_FORMAT_INVALID' }))
        .concat({ value: 1, code: 'FIELD_TYPE_WRONG' }),
      badConfigs: [{ max: 5 }, { unique: true }],
    },
  ],
})
