import { defineFieldType } from '../registry/field-type.ts'
import { EXAMPLE_ID, fixedReferenceConfig, reference, referenceForm, relationTo } from './parts/reference.ts'

export const teamField = defineFieldType({
  ...reference,
  name: 'team',
  label: { en: 'Team', 'zh-CN': '团队' },
  description: { en: 'A team of users.', 'zh-CN': '一个用户团队。' },
  configSchema: fixedReferenceConfig,
  relation: relationTo('team'),
  form: () => referenceForm('team', 'team'),
  examples: [
    {
      config: { onDelete: 'clear' },
      valid: [EXAMPLE_ID],
      invalid: [
        { value: 'sales', code: 'FIELD_FORMAT_INVALID' },
        { value: [EXAMPLE_ID], code: 'FIELD_TYPE_WRONG' },
      ],
      badConfigs: [{ onDelete: 'never' }, { inverse: 'Not a name' }],
    },
  ],
})
