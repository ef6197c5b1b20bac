import { defineFieldType } from '../registry/field-type.ts'
import { EXAMPLE_ID, fixedReferenceConfig, reference, referenceForm, relationTo } from './parts/reference.ts'

export const fileField = defineFieldType({
  ...reference,
  name: 'file',
  label: { en: 'File', 'zh-CN': '文件' },
  description: { en: 'An uploaded file.', 'zh-CN': '上传的文件。' },
  configSchema: fixedReferenceConfig,
  relation: relationTo('file'),
  form: () => referenceForm('file', 'file'),
  examples: [
    {
      config: { onDelete: 'clear' },
      valid: [EXAMPLE_ID],
      invalid: [
        { value: 'contract.pdf', code: 'FIELD_FORMAT_INVALID' },
        { value: [EXAMPLE_ID], code: 'FIELD_TYPE_WRONG' },
      ],
      badConfigs: [{ onDelete: 'never' }, { inverse: 'Not a name' }],
    },
  ],
})
