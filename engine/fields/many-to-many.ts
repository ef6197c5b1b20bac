import { defineFieldType } from '../registry/field-type.ts'
import { textOf } from './parts/config.ts'
import { checkDependsOnReference, dependsOnReferenceKey, narrowedBy } from './parts/depends-on.ts'
import { formatList, parseList } from './parts/list.ts'
import { EXAMPLE_ID, entityKey, inverseKeys, inverseOf, OTHER_ID } from './parts/reference.ts'

const MOST = 500

export const manyToManyField = defineFieldType({
  name: 'many_to_many',
  label: { en: 'Many-to-many', 'zh-CN': '多对多关联' },
  description: { en: 'Several records of another entity.', 'zh-CN': '关联另一实体的多条记录。' },
  configSchema: {
    properties: {
      to: entityKey(
        { en: 'To entity', 'zh-CN': '关联实体' },
        { en: 'The entity whose records may be chosen.', 'zh-CN': '可从该实体中选择记录。' },
      ),
      ...dependsOnReferenceKey,
      ...inverseKeys,
    },
    required: ['to'],
  },
  checkConfig: checkDependsOnReference,
  columns: () => [],
  valueSchema: () => ({
    type: 'array',
    maxItems: MOST,
    uniqueItems: true,
    items: { type: 'string', format: 'uuid' },
  }),
  check(value) {
    const ids = (value as readonly string[]).map((id) => id.toLowerCase())
    return new Set(ids).size === ids.length ? undefined : { code: 'FIELD_LIST_DUPLICATE' }
  },
  rule: { type: 'ids' },
  operators: ['has', 'has_any', 'has_all', 'empty', 'not_empty'],
  sortable: false,
  groupable: false,
  measures: [],
  canBeUnique: false,
  canBeIndexed: false,
  relation: (field) => ({ kind: 'many', to: textOf(field, 'to') ?? '', ...inverseOf(field) }),
  form: (field, context) => ({
    schema: { type: 'array', maxItems: MOST, uniqueItems: true, items: { type: 'string' } },
    uiSchema: {
      'ui:widget': 'many_to_many',
      'ui:options': { to: textOf(field, 'to') ?? '', max: MOST, ...narrowedBy(field, context) },
    },
  }),
  csv: { parse: parseList, format: formatList },
  examples: [
    {
      config: { to: 'product', inverse: 'campaigns' },
      valid: [[], [EXAMPLE_ID], [OTHER_ID, EXAMPLE_ID]],
      invalid: [
        { value: [EXAMPLE_ID, EXAMPLE_ID], code: 'FIELD_LIST_DUPLICATE' },
        { value: [EXAMPLE_ID, EXAMPLE_ID.toUpperCase()], code: 'FIELD_LIST_DUPLICATE' },
        { value: ['x'], code: 'FIELD_FORMAT_INVALID' },
        {
          value: Array.from(
            { length: MOST + 1 },
            (_, n) => EXAMPLE_ID.slice(0, -4) + String(n).padStart(4, '0'),
          ),
          code: 'FIELD_LIST_TOO_LONG',
        },
        { value: EXAMPLE_ID, code: 'FIELD_TYPE_WRONG' },
        { value: [[EXAMPLE_ID]], code: 'FIELD_TYPE_WRONG' },
      ],
      badConfigs: [{}, { to: 7 }],
    },
  ],
})
