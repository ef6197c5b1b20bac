import { defineFieldType } from '../registry/field-type.ts'
import { configKey } from './parts/config.ts'
import { checkPattern, RESETS } from './parts/number-pattern.ts'
import { shortText } from './parts/text.ts'

export const autoNumberField = defineFieldType({
  ...shortText,
  name: 'auto_number',
  label: { en: 'Auto-number', 'zh-CN': '自动编号' },
  description: { en: 'A running number that the engine gives.', 'zh-CN': '由系统自动生成的流水编号。' },
  configSchema: {
    properties: {
      pattern: configKey(
        { type: 'string', minLength: 1, maxLength: 60 },
        { en: 'Pattern', 'zh-CN': '编号格式' },
        {
          en: 'Text with {yyyy}, {yy}, {mm}, {dd} and one run of #, such as OPP-{yyyy}-{####}.',
          'zh-CN': '文本中可含 {yyyy}、{yy}、{mm}、{dd} 与一段 #，例如 OPP-{yyyy}-{####}。',
        },
      ),
      reset: configKey(
        { enum: RESETS, default: 'none' },
        { en: 'Starts again', 'zh-CN': '重新计数' },
        { en: 'When the numbering begins at 1 again.', 'zh-CN': '何时从 1 重新开始编号。' },
      ),
      gapless: configKey(
        { type: 'boolean', default: false },
        { en: 'Gapless', 'zh-CN': '连续无间断' },
        {
          en: 'No number is left out: writers of new records wait for one another.',
          'zh-CN': '编号不会跳号；新建记录的写入须相互等待。',
        },
      ),
    },
    required: ['pattern'],
  },
  checkConfig: checkPattern,
  generated: true,
  valueSchema: () => ({ type: 'string', format: 'text', maxLength: 100 }),
  form: () => ({ schema: { type: 'string' }, uiSchema: { 'ui:widget': 'read_only' } }),
  examples: [
    {
      config: { pattern: 'OPP-{yyyy}-{####}', reset: 'year' },
      valid: ['OPP-2026-0001', '商机-2026-12345'],
      invalid: [
        { value: 1, code: 'FIELD_TYPE_WRONG' },
        { value: 'x'.repeat(101), code: 'FIELD_TEXT_TOO_LONG' },
      ],
      badConfigs: [
        {},
        { pattern: '' },
        { pattern: 'OPP-{yyyy}' },
        { pattern: '{##}-{##}' },
        { pattern: 'OPP-{yyy}-{####}' },
        { pattern: 'OPP-{####}', reset: 'year' },
        { pattern: 'OPP-{yyyy}-{####}', reset: 'month' },
        { pattern: '{dd}-{####}', reset: 'day' },
        { pattern: 'OPP-{####', reset: 'none' },
        { pattern: '{####}', reset: 'weekly' },
      ],
    },
  ],
})
