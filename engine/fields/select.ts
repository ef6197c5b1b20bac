import { defineFieldType } from '../registry/field-type.ts'
import {
  checkDependsOn,
  checkOptions,
  choicePart,
  dependsOnKey,
  optionKeys,
  optionSchema,
  optionsOf,
} from './parts/options.ts'
import { REFERENCE_OPERATORS } from './parts/reference.ts'
import { TEXT_COLUMN } from './parts/text.ts'

export const selectField = defineFieldType({
  name: 'select',
  label: { en: 'Select', 'zh-CN': '单选' },
  description: { en: 'One of a list of options.', 'zh-CN': '从选项中选择一个。' },
  configSchema: { properties: { ...optionKeys, ...dependsOnKey } },
  checkConfig: (field, context) => [
    ...checkOptions(field, ['options', 'optionSet']),
    ...checkDependsOn(field, context),
  ],
  columns: () => [TEXT_COLUMN],
  valueSchema: (field, context) => optionSchema(optionsOf(field, context)),
  faults: { not: 'FIELD_OPTION_UNKNOWN' },
  rule: { type: 'text' },
  operators: REFERENCE_OPERATORS,
  sortable: true,
  groupable: true,
  measures: [],
  canBeUnique: true,
  canBeIndexed: true,
  form: choicePart,
  csv: { parse: (cell) => cell.trim(), format: (value) => String(value) },
  examples: [
    {
      config: {
        options: [
          { name: 'expo', label: { en: 'Expo', 'zh-CN': '展会' }, color: 'blue' },
          { name: 'web', label: '官网' },
        ],
      },
      valid: ['expo', 'web'],
      invalid: [
        { value: 'wep', code: 'FIELD_OPTION_UNKNOWN' },
        { value: '', code: 'FIELD_OPTION_UNKNOWN' },
        { value: '__proto__', code: 'FIELD_OPTION_UNKNOWN' },
        { value: 1, code: 'FIELD_TYPE_WRONG' },
        { value: ['expo'], code: 'FIELD_TYPE_WRONG' },
      ],
      badConfigs: [
        {},
        { options: [] },
        { options: ['expo'] },
        { options: [{ name: 'a' }, { name: 'a' }] },
        { options: [{ name: 'a' }], optionSet: 'industries' },
      ],
    },
  ],
})
