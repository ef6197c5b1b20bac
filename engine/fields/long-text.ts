import { defineFieldType } from '../registry/field-type.ts'
import { configKey, numberOf } from './parts/config.ts'
import { shortText } from './parts/text.ts'

const DEFAULT_MAX = 100_000

export const longTextField = defineFieldType({
  ...shortText,
  name: 'long_text',
  label: { en: 'Long text', 'zh-CN': '长文本' },
  description: { en: 'Several lines of plain text.', 'zh-CN': '多行纯文本。' },
  configSchema: {
    properties: {
      max: configKey(
        { type: 'integer', minimum: 1, maximum: 1_000_000, default: DEFAULT_MAX },
        { en: 'Most characters', 'zh-CN': '最多字符数' },
        { en: 'How many characters a value may have.', 'zh-CN': '内容最多可有多少个字符。' },
      ),
    },
  },
  valueSchema: (field) => ({
    type: 'string',
    format: 'text',
    maxLength: numberOf(field, 'max', DEFAULT_MAX),
  }),
  operators: ['contains', 'empty', 'not_empty'],
  groupable: false,
  // An entry of a B-tree index holds at most a third of a page; a longer text would fail on writing.
  canBeUnique: false,
  canBeIndexed: false,
  form: (field) => ({
    schema: { type: 'string', maxLength: numberOf(field, 'max', DEFAULT_MAX) },
    uiSchema: { 'ui:widget': 'textarea', 'ui:options': { max: numberOf(field, 'max', DEFAULT_MAX) } },
  }),
  examples: [
    {
      config: { max: 200_000 },
      valid: ['', 'line\nline\r\nline', '客户要求\n下周报价。', '👍'.repeat(1000), 'x'.repeat(200_000)],
      invalid: [
        { value: 'x'.repeat(200_001), code: 'FIELD_TEXT_TOO_LONG' },
        { value: 'a\0', code: 'FIELD_TEXT_INVALID' },
        { value: true, code: 'FIELD_TYPE_WRONG' },
      ],
      badConfigs: [{ max: 0 }, { max: 1_000_001 }, { max: 1.5 }],
    },
  ],
})
