import { defineFieldType } from '../registry/field-type.ts'
import { configKey } from './parts/config.ts'
import { formatList, parseList } from './parts/list.ts'
import { checkOptions, optionKeys, optionSchema, optionsOf, widgetOptions } from './parts/options.ts'

const MOST = 100

export const multiSelectField = defineFieldType({
  name: 'multi_select',
  label: { en: 'Multi-select', 'zh-CN': '多选' },
  description: { en: 'Several of a list of options.', 'zh-CN': '从选项中选择多个。' },
  configSchema: {
    properties: {
      ...optionKeys,
      optionsOf: configKey(
        { const: 'role' },
        { en: 'Options of', 'zh-CN': '选项来自' },
        { en: 'Takes the roles of the workspace as options.', 'zh-CN': '以工作区的角色作为选项。' },
      ),
    },
  },
  checkConfig: (field) => checkOptions(field, ['options', 'optionSet', 'optionsOf']),
  columns: () => [{ suffix: '', sqlType: 'text[] COLLATE "C"' }],
  valueSchema: (field, context) => ({
    type: 'array',
    maxItems: MOST,
    uniqueItems: true,
    items: optionSchema(optionsOf(field, context)),
  }),
  faults: { not: 'FIELD_OPTION_UNKNOWN' },
  rule: { type: 'texts' },
  operators: ['has', 'has_any', 'has_all', 'empty', 'not_empty'],
  sortable: false,
  groupable: false,
  measures: [],
  canBeUnique: false,
  canBeIndexed: false,
  form: (field, context) => ({
    schema: {
      type: 'array',
      maxItems: MOST,
      uniqueItems: true,
      items: optionSchema(optionsOf(field, context)),
    },
    uiSchema: {
      'ui:widget': 'multi_select',
      'ui:options': { options: widgetOptions(optionsOf(field, context)) },
    },
  }),
  csv: { parse: parseList, format: formatList },
  examples: [
    {
      config: { options: [{ name: 'mail' }, { name: 'phone', label: '电话' }, { name: 'visit' }] },
      valid: [[], ['mail'], ['visit', 'mail']],
      invalid: [
        { value: ['mail', 'mail'], code: 'FIELD_LIST_DUPLICATE' },
        { value: ['fax'], code: 'FIELD_OPTION_UNKNOWN' },
        { value: [null], code: 'FIELD_TYPE_WRONG' },
        { value: 'mail', code: 'FIELD_TYPE_WRONG' },
        { value: { 0: 'mail' }, code: 'FIELD_TYPE_WRONG' },
      ],
      badConfigs: [
        {},
        { options: [] },
        { optionsOf: 'team' },
        { optionsOf: 'role', optionSet: 'industries' },
      ],
    },
    {
      config: { optionsOf: 'role' },
      valid: [['administrator']],
      invalid: [{ value: ['root'], code: 'FIELD_OPTION_UNKNOWN' }],
    },
  ],
})
