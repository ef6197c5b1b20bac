import { defineFieldType } from '../registry/field-type.ts'
import { EXAMPLE_ID, fixedReferenceConfig, reference, referenceForm, relationTo } from './parts/reference.ts'

export const imageField = defineFieldType({
  ...reference,
  name: 'image',
  label: { en: 'Image', 'zh-CN': '图片' },
  description: { en: 'An uploaded picture, shown where the record is.', 'zh-CN': '上传的图片，随记录显示。' },
  configSchema: fixedReferenceConfig,
  relation: relationTo('file'),
  form: () => referenceForm('image', 'file', { accept: 'image/*' }),
  examples: [
    {
      config: { onDelete: 'clear' },
      valid: [EXAMPLE_ID],
      invalid: [
        { value: 'logo.png', code: 'FIELD_FORMAT_INVALID' },
        { value: [EXAMPLE_ID], code: 'FIELD_TYPE_WRONG' },
      ],
      badConfigs: [{ onDelete: 'never' }, { inverse: 'Not a name' }],
    },
  ],
})
