import { defineFieldType, type JsonSchema, ValueFaultError } from '../registry/field-type.ts'
import { configKey, nameSchema, textsOf } from './parts/config.ts'
import { EXAMPLE_ID, inverseKeys, inverseOf, onDeleteKey, onDeleteOf } from './parts/reference.ts'

interface RecordAddress {
  readonly entity: string
  readonly id: string
}

const CELL = /^\s*([a-z][a-z0-9_]{0,39})\s*[:：]\s*(\S+)\s*$/

function parseAddress(cell: string): RecordAddress {
  const parts = CELL.exec(cell)
  if (parts !== null) return { entity: parts[1]!, id: parts[2]! }
  throw new ValueFaultError({
    code: 'FIELD_TYPE_WRONG',
    params: { expected: { en: '“entity:id”', 'zh-CN': '“实体:标识”' } },
  })
}

/** The entities by name; open where the engine's own definitions point to all with a feature. */
function entitySchema(to: readonly string[]): JsonSchema {
  return to.length > 0 ? { type: 'string', enum: to } : nameSchema
}

function addressSchema(entity: JsonSchema, id: JsonSchema): JsonSchema {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['entity', 'id'],
    properties: { entity, id },
  }
}

export const dynamicLookupField = defineFieldType({
  name: 'dynamic_lookup',
  label: { en: 'Dynamic lookup', 'zh-CN': '动态关联' },
  description: { en: 'One record of one of several entities.', 'zh-CN': '关联多个实体之一的一条记录。' },
  configSchema: {
    properties: {
      to: configKey(
        { type: 'array', minItems: 1, maxItems: 50, uniqueItems: true, items: nameSchema },
        { en: 'To entities', 'zh-CN': '可关联的实体' },
        { en: 'The entities whose records may be chosen.', 'zh-CN': '可从这些实体中选择记录。' },
      ),
      toFeature: configKey(
        { enum: ['comments', 'files'] },
        { en: 'To entities with the feature', 'zh-CN': '关联具有此功能的实体' },
        { en: 'Every entity that has this feature.', 'zh-CN': '所有启用此功能的实体。' },
      ),
      onDelete: onDeleteKey,
      ...inverseKeys,
    },
  },
  checkConfig(field) {
    if (field.to === undefined && field.toFeature === undefined) {
      return [{ code: 'META_KEY_MISSING', path: '/to', params: { name: 'to' } }]
    }
    if (field.to === undefined || field.toFeature === undefined) return []
    const reason = { en: 'either “to” or “toFeature”, not both', 'zh-CN': '“to”与“toFeature”只能使用其一' }
    return [{ code: 'META_VALUE_INVALID', path: '/toFeature', params: { reason } }]
  },
  columns: () => [
    { suffix: '', sqlType: 'uuid' },
    { suffix: '_entity', sqlType: 'text COLLATE "C"' },
  ],
  valueSchema: (field) =>
    addressSchema(entitySchema(textsOf(field, 'to')), { type: 'string', format: 'uuid' }),
  faults: { pattern: 'FIELD_OPTION_UNKNOWN' },
  encode(value) {
    const address = value as RecordAddress
    return [address.id.toLowerCase(), address.entity]
  },
  json: ([id, entity]) =>
    `CASE WHEN ${id} IS NOT NULL THEN json_build_object('entity', ${entity}, 'id', ${id}) END`,
  rule: { type: 'id' },
  operators: ['==', '!=', 'in', 'empty', 'not_empty'],
  sortable: false,
  groupable: false,
  measures: [],
  canBeUnique: false,
  canBeIndexed: true,
  relation: (field) => ({
    kind: 'dynamic',
    to: textsOf(field, 'to'),
    onDelete: onDeleteOf(field),
    ...inverseOf(field),
  }),
  form: (field) => ({
    schema: addressSchema(entitySchema(textsOf(field, 'to')), { type: 'string' }),
    uiSchema: { 'ui:widget': 'dynamic_lookup', 'ui:options': { to: textsOf(field, 'to') } },
  }),
  csv: {
    parse: parseAddress,
    format: (value) => `${(value as RecordAddress).entity}:${(value as RecordAddress).id}`,
  },
  examples: [
    {
      config: { to: ['account', 'lead'] },
      valid: [{ entity: 'lead', id: EXAMPLE_ID }],
      invalid: [
        { value: { entity: 'leed', id: EXAMPLE_ID }, code: 'FIELD_OPTION_UNKNOWN' },
        { value: { entity: 'lead', id: '7' }, code: 'FIELD_FORMAT_INVALID' },
        { value: { entity: 'lead' }, code: 'FIELD_REQUIRED' },
        { value: { entity: 'lead', id: EXAMPLE_ID, label: 'x' }, code: 'FIELD_UNKNOWN' },
        { value: EXAMPLE_ID, code: 'FIELD_TYPE_WRONG' },
        { value: [], code: 'FIELD_TYPE_WRONG' },
      ],
      badConfigs: [
        {},
        { to: [] },
        { to: 'account' },
        { to: ['account', 'account'] },
        { to: ['a'], toFeature: 'files' },
      ],
    },
    {
      config: { toFeature: 'comments' },
      valid: [{ entity: 'account', id: EXAMPLE_ID }],
      invalid: [{ value: { entity: 'No name', id: EXAMPLE_ID }, code: 'FIELD_OPTION_UNKNOWN' }],
    },
  ],
})
