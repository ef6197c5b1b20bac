import type { FieldDefinition } from '../../metadata/text.ts'
import { defineFieldType, type JsonSchema } from '../registry/field-type.ts'
import { configKey, numberOf } from './parts/config.ts'
import { formatList, parseList } from './parts/list.ts'

const DEFAULT_MAX = 10
const DEFAULT_LENGTH = 20

function listSchema(field: FieldDefinition, items: JsonSchema): JsonSchema {
  return { type: 'array', maxItems: numberOf(field, 'max', DEFAULT_MAX), uniqueItems: true, items }
}

export const tagsField = defineFieldType({
  name: 'tags',
  label: { en: 'Tags', 'zh-CN': '标签' },
  description: { en: 'Free words that sort records into groups.', 'zh-CN': '用于归类记录的自由词语。' },
  configSchema: {
    properties: {
      max: configKey(
        { type: 'integer', minimum: 1, maximum: 100, default: DEFAULT_MAX },
        { en: 'Most tags', 'zh-CN': '最多标签数' },
        { en: 'How many tags a record may have.', 'zh-CN': '每条记录最多可有多少个标签。' },
      ),
      maxLength: configKey(
        { type: 'integer', minimum: 1, maximum: 100, default: DEFAULT_LENGTH },
        { en: 'Most characters of a tag', 'zh-CN': '每个标签最多字数' },
        { en: 'As people count them: an emoji is one.', 'zh-CN': '按人们的数法计：一个表情算一个字。' },
      ),
    },
  },
  columns: () => [{ suffix: '', sqlType: 'text[] COLLATE "C"' }],
  valueSchema: (field) =>
    listSchema(field, {
      type: 'string',
      minLength: 1,
      format: 'text',
      'x-maxGraphemes': numberOf(field, 'maxLength', DEFAULT_LENGTH),
    }),
  faults: { maxItems: 'FIELD_TAGS_TOO_MANY', 'x-maxGraphemes': 'FIELD_TAG_TOO_LONG' },
  rule: { type: 'texts' },
  operators: ['has', 'has_any', 'has_all', 'empty', 'not_empty'],
  sortable: false,
  groupable: false,
  measures: [],
  canBeUnique: false,
  canBeIndexed: false,
  searchText: (value) => (value as readonly string[]).join('\n'),
  form: (field) => ({
    schema: listSchema(field, { type: 'string', minLength: 1 }),
    uiSchema: {
      'ui:widget': 'tags',
      'ui:options': {
        max: numberOf(field, 'max', DEFAULT_MAX),
        maxLength: numberOf(field, 'maxLength', DEFAULT_LENGTH),
      },
    },
  }),
  csv: { parse: parseList, format: formatList },
  examples: [
    {
      config: {},
      valid: [
        [],
        ['重点客户', 'VIP', 'a; b', ' kept '],
        ['👨‍👩‍👧‍👦'.repeat(20)],
        ['[x]', '"quoted"', 'back\\slash', 'NULL', '{}', '__proto__', ','],
        Array.from({ length: 10 }, (_, index) => `t${index}`),
      ],
      invalid: [
        { value: Array.from({ length: 11 }, (_, index) => `t${index}`), code: 'FIELD_TAGS_TOO_MANY' },
        { value: ['二'.repeat(21)], code: 'FIELD_TAG_TOO_LONG' },
        { value: ['a', 'a'], code: 'FIELD_LIST_DUPLICATE' },
        { value: [''], code: 'FIELD_TEXT_TOO_SHORT' },
        { value: ['a\0'], code: 'FIELD_TEXT_INVALID' },
        { value: [7], code: 'FIELD_TYPE_WRONG' },
        { value: 'vip', code: 'FIELD_TYPE_WRONG' },
      ],
      badConfigs: [{ max: 0 }, { max: 101 }, { maxLength: 0 }],
    },
  ],
})
