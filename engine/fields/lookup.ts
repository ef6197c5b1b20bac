import { defineFieldType } from '../registry/field-type.ts'
import { textOf } from './parts/config.ts'
import { checkDependsOnReference, dependsOnReferenceKey, narrowedBy } from './parts/depends-on.ts'
import {
  EXAMPLE_ID,
  entityKey,
  inverseKeys,
  inverseOf,
  onDeleteKey,
  onDeleteOf,
  reference,
  referenceForm,
} from './parts/reference.ts'

export const lookupField = defineFieldType({
  ...reference,
  name: 'lookup',
  label: { en: 'Lookup', 'zh-CN': '关联' },
  description: { en: 'One record of another entity.', 'zh-CN': '关联另一实体的一条记录。' },
  configSchema: {
    properties: {
      to: entityKey(
        { en: 'To entity', 'zh-CN': '关联实体' },
        { en: 'The entity whose records may be chosen.', 'zh-CN': '可从该实体中选择记录。' },
      ),
      onDelete: onDeleteKey,
      ...dependsOnReferenceKey,
      ...inverseKeys,
    },
    required: ['to'],
  },
  checkConfig: checkDependsOnReference,
  relation: (field) => ({
    kind: 'one',
    to: textOf(field, 'to') ?? '',
    onDelete: onDeleteOf(field),
    ...inverseOf(field),
  }),
  form: (field, context) => referenceForm('lookup', textOf(field, 'to') ?? '', narrowedBy(field, context)),
  examples: [
    {
      config: { to: 'account', onDelete: 'clear', inverse: 'opportunities' },
      valid: [EXAMPLE_ID],
      invalid: [
        { value: 'acme', code: 'FIELD_FORMAT_INVALID' },
        { value: `${EXAMPLE_ID}0`, code: 'FIELD_FORMAT_INVALID' },
        { value: { id: EXAMPLE_ID }, code: 'FIELD_TYPE_WRONG' },
        { value: 1, code: 'FIELD_TYPE_WRONG' },
      ],
      badConfigs: [
        {},
        { to: 'No name' },
        { to: 'account', onDelete: 'ignore' },
        { to: 'account', inverse: 3 },
      ],
    },
  ],
})
