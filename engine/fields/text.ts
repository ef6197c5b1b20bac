import { defineFieldType } from '../registry/field-type.ts'
import { checkRange, configKey, numberOf } from './parts/config.ts'
import { checkUniqueLength, shortText } from './parts/text.ts'

const DEFAULT_MAX = 255

export const textField = defineFieldType({
  ...shortText,
  name: 'text',
  label: { en: 'Text', 'zh-CN': '文本' },
  description: { en: 'One line of text.', 'zh-CN': '单行文本。' },
  configSchema: {
    properties: {
      max: configKey(
        { type: 'integer', minimum: 1, maximum: 2000, default: DEFAULT_MAX },
        { en: 'Most characters', 'zh-CN': '最多字符数' },
        { en: 'How many characters a value may have.', 'zh-CN': '内容最多可有多少个字符。' },
      ),
      min: configKey(
        { type: 'integer', minimum: 0, maximum: 2000, default: 0 },
        { en: 'Fewest characters', 'zh-CN': '最少字符数' },
        { en: 'How many characters a value must have.', 'zh-CN': '内容至少应有多少个字符。' },
      ),
    },
  },
  checkConfig: (field) => [
    ...checkRange(field, 'min', 'max', DEFAULT_MAX),
    ...checkUniqueLength(field, numberOf(field, 'max', DEFAULT_MAX)),
  ],
  valueSchema: (field) => ({
    type: 'string',
    format: 'text',
    minLength: numberOf(field, 'min', 0),
    maxLength: numberOf(field, 'max', DEFAULT_MAX),
  }),
  form: (field) => ({
    schema: {
      type: 'string',
      minLength: numberOf(field, 'min', 0),
      maxLength: numberOf(field, 'max', DEFAULT_MAX),
    },
    uiSchema: { 'ui:widget': 'text', 'ui:options': { max: numberOf(field, 'max', DEFAULT_MAX) } },
  }),
  examples: [
    {
      config: {},
      valid: [
        '',
        ' Acme ',
        '华兴机械',
        '👩‍👩‍👧‍👦',
        "'; DROP TABLE account; --",
        '<b>&amp;</b>',
        'x'.repeat(255),
        '\t\r\n',
      ],
      invalid: [
        { value: 'x'.repeat(256), code: 'FIELD_TEXT_TOO_LONG' },
        { value: 'a\0b', code: 'FIELD_TEXT_INVALID' },
        { value: '\ud83d', code: 'FIELD_TEXT_INVALID' },
        { value: 42, code: 'FIELD_TYPE_WRONG' },
        { value: ['a'], code: 'FIELD_TYPE_WRONG' },
        { value: { a: 1 }, code: 'FIELD_TYPE_WRONG' },
      ],
      badConfigs: [
        { max: 0 },
        { max: 2001 },
        { max: '9' },
        { min: 5, max: 4 },
        { min: 300 },
        { unique: true, max: 601 },
      ],
    },
    {
      config: { min: 2, max: 4 },
      valid: ['ab', '😀😀😀😀'],
      invalid: [
        { value: 'a', code: 'FIELD_TEXT_TOO_SHORT' },
        { value: '😀😀😀😀😀', code: 'FIELD_TEXT_TOO_LONG' },
      ],
    },
  ],
})
