import { defineFieldType } from '../registry/field-type.ts'
import { EXAMPLE_ID, fixedReferenceConfig, reference, referenceForm, relationTo } from './parts/reference.ts'

export const userField = defineFieldType({
  ...reference,
  name: 'user',
  label: { en: 'User', 'zh-CN': '用户' },
  description: { en: 'A person who works with this workspace.', 'zh-CN': '使用本工作区的一位用户。' },
  configSchema: fixedReferenceConfig,
  relation: relationTo('user'),
  form: () => referenceForm('user', 'user'),
  examples: [
    {
      config: { onDelete: 'clear' },
      valid: [EXAMPLE_ID],
      invalid: [
        { value: 'lily', code: 'FIELD_FORMAT_INVALID' },
        { value: [EXAMPLE_ID], code: 'FIELD_TYPE_WRONG' },
      ],
      badConfigs: [{ onDelete: 'never' }, { inverse: 'Not a name' }],
    },
  ],
})
