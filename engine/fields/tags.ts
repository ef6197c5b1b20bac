import type { FieldDefinition } from '../../metadata/text.ts'
import { defineFieldType, type FieldContext, type JsonSchema } from '../registry/field-type.ts'
import { configKey, numberOf } from './parts/config.ts'
import { formatList, parseList } from './parts/list.ts'
import { checkGroups, DEFAULT_LENGTH, groupsKey, pickFault, ruledOptions } from './parts/tag-groups.ts'

const DEFAULT_MAX = 10

function listSchema(limit: JsonSchema, items: JsonSchema): JsonSchema {
  return { type: 'array', ...limit, uniqueItems: true, items }
}

/** Rules' tags do not count: the limit is for those that people give. */
function limitOf(field: FieldDefinition, context: FieldContext): JsonSchema {
  const limit = numberOf(field, 'max', DEFAULT_MAX)
  const beside = ruledTags(field, context)
  return beside.length === 0 ? { maxItems: limit } : { 'x-maxItemsBeside': { limit, beside } }
}

/** The tags that rules alone give and take. */
function ruledTags(field: FieldDefinition, context: FieldContext): readonly string[] {
  return [...new Set([...ruledOptions(field), ...(context.ruledTags?.(field.name) ?? [])])]
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
      groups: groupsKey,
    },
  },
  checkConfig: checkGroups,
  columns: () => [{ suffix: '', sqlType: 'text[] COLLATE "C"' }],
  valueSchema: (field, context) =>
    listSchema(limitOf(field, context), {
      type: 'string',
      minLength: 1,
      format: 'text',
      'x-maxGraphemes': numberOf(field, 'maxLength', DEFAULT_LENGTH),
    }),
  check: (value, field) => pickFault(value as readonly unknown[], field),
  faults: {
    maxItems: 'FIELD_TAGS_TOO_MANY',
    'x-maxItemsBeside': 'FIELD_TAGS_TOO_MANY',
    'x-maxGraphemes': 'FIELD_TAG_TOO_LONG',
  },
  rule: { type: 'texts' },
  operators: ['has', 'has_any', 'has_all', 'empty', 'not_empty'],
  sortable: false,
  groupable: false,
  measures: [],
  canBeUnique: false,
  canBeIndexed: false,
  searchText: (value) => (value as readonly string[]).join('\n'),
  form: (field, context) => ({
    // A browser knows no keyword of ours: what it lets pass too many, the server does not.
    schema: listSchema(ruledTags(field, context).length === 0 ? limitOf(field, context) : {}, {
      type: 'string',
      minLength: 1,
    }),
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
    {
      config: {
        max: 2,
        groups: [
          { name: 'activity', pick: 'one', by: 'rule', default: 'active', options: ['active', 'dormant'] },
          { name: 'size', pick: 'one', options: [{ name: 'small', label: '小' }, { name: 'large' }] },
        ],
      },
      valid: [
        ['a', 'b', 'active'],
        ['small', 'dormant'],
      ],
      invalid: [
        { value: ['a', 'b', 'c'], code: 'FIELD_TAGS_TOO_MANY' },
        { value: ['small', 'large'], code: 'FIELD_TAGS_PICK_ONE' },
      ],
      badConfigs: [
        { groups: [{ name: 'size', options: [] }] },
        { groups: [{ name: 'size', options: ['a', 'a'] }] },
        { groups: [{ name: 'size', options: ['a'], default: 'b' }] },
        { groups: [{ name: 'size', options: ['longer_than_the_20_characters'] }] },
        { groups: [{ name: 'size', options: ['a'], pick: 'two' }] },
      ],
    },
  ],
})
