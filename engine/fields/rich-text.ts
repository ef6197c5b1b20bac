import { defineFieldType } from '../registry/field-type.ts'
import { configKey, numberOf } from './parts/config.ts'
import { htmlFault, textOfHtml } from './parts/html.ts'
import { shortText } from './parts/text.ts'

const DEFAULT_MAX = 100_000

export const richTextField = defineFieldType({
  ...shortText,
  name: 'rich_text',
  label: { en: 'Rich text', 'zh-CN': '富文本' },
  description: {
    en: 'Text with headings, lists, links and pictures.',
    'zh-CN': '带标题、列表、链接与图片的文本。',
  },
  configSchema: {
    properties: {
      max: configKey(
        { type: 'integer', minimum: 1, maximum: 1_000_000, default: DEFAULT_MAX },
        { en: 'Most characters of HTML', 'zh-CN': 'HTML 最多字符数' },
        { en: 'Its elements count as well as its words.', 'zh-CN': '标签与文字一并计算。' },
      ),
    },
  },
  valueSchema: (field) => ({
    type: 'string',
    format: 'text',
    maxLength: numberOf(field, 'max', DEFAULT_MAX),
  }),
  check: (value) => htmlFault(String(value)),
  operators: ['contains', 'empty', 'not_empty'],
  sortable: false,
  groupable: false,
  canBeUnique: false,
  canBeIndexed: false,
  searchText: (value) => textOfHtml(String(value)),
  form: (field) => ({
    schema: { type: 'string', maxLength: numberOf(field, 'max', DEFAULT_MAX) },
    uiSchema: { 'ui:widget': 'rich_text' },
  }),
  examples: [
    {
      config: {},
      valid: [
        '',
        'plain & simple, 1 < 2',
        '<h2>方案</h2><p>报价 <strong>¥10,000</strong> 😀</p><ul><li>交付</li></ul>',
        '<p><a href="https://example.com" title="x">link</a> <a href="mailto:a@b.co">mail</a></p>',
        '<table><tbody><tr><td colspan="2">1</td></tr></tbody></table>',
        '<img src="/api/files/0192f0c0-7a3b-7c4d-8e5f-00112233aabb" alt="图">',
      ],
      invalid: [
        { value: '<script>alert(1)</script>', code: 'FIELD_HTML_ELEMENT' },
        { value: '<p>a</p><iframe src="https://x.example"></iframe>', code: 'FIELD_HTML_ELEMENT' },
        { value: '<svg><p>x', code: 'FIELD_HTML_ELEMENT' },
        { value: '<p onclick="x()">a</p>', code: 'FIELD_HTML_ATTRIBUTE' },
        { value: '<img src=x onerror=alert(1)>', code: 'FIELD_HTML_ATTRIBUTE' },
        { value: '<a href="javascript:alert(1)">x</a>', code: 'FIELD_HTML_ATTRIBUTE' },
        { value: '<a href="&#106;avascript:alert(1)">x</a>', code: 'FIELD_HTML_ATTRIBUTE' },
        { value: '<p style="position:fixed">x</p>', code: 'FIELD_HTML_ATTRIBUTE' },
        { value: '<!-- x --!><b>y</b>', code: 'FIELD_HTML_ELEMENT' },
        { value: '<!DOCTYPE html>', code: 'FIELD_HTML_ELEMENT' },
        { value: 'a\0', code: 'FIELD_TEXT_INVALID' },
        { value: 5, code: 'FIELD_TYPE_WRONG' },
      ],
      badConfigs: [{ max: 0 }],
    },
  ],
})
