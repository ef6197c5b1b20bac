import type { FieldDefinition } from '../../metadata/text.ts'
import { defineFieldType, type FieldType } from '../registry/field-type.ts'
import { booleanField } from './boolean.ts'
import { currencyField } from './currency.ts'
import { dateField } from './date.ts'
import { dateTimeField } from './date-time.ts'
import { decimalField } from './decimal.ts'
import { durationField } from './duration.ts'
import { integerField } from './integer.ts'
import { computedType, resultKey, resultOf } from './parts/computed.ts'
import { configKey } from './parts/config.ts'
import { percentField } from './percent.ts'
import { textField } from './text.ts'

/** What a formula may come out as. */
const RESULTS: ReadonlyMap<string, FieldType> = new Map(
  [
    decimalField,
    integerField,
    currencyField,
    percentField,
    textField,
    booleanField,
    dateField,
    dateTimeField,
    durationField,
  ].map((type) => [type.name, type]),
)

const LARGEST_SCALE = 10

const own = {
  name: 'formula',
  label: { en: 'Formula', 'zh-CN': '公式' },
  description: {
    en: 'A value that is worked out of others and is right at any time.',
    'zh-CN': '由其他字段计算得出、随时保持正确的值。',
  },
  computed: 'formula',
  configSchema: {
    properties: {
      result: resultKey([...RESULTS.keys()]),
      value: configKey(
        { $ref: 'common.schema.json#/$defs/rule' },
        { en: 'Value', 'zh-CN': '公式' },
        {
          en: 'The rule that gives the value, over fields of the record and, through lookups, of its relatives.',
          'zh-CN': '计算值的规则，可使用本记录的字段，以及通过关联字段使用相关记录的字段。',
        },
      ),
      scale: configKey(
        { type: 'integer', minimum: 0, maximum: LARGEST_SCALE },
        { en: 'Decimals', 'zh-CN': '小数位数' },
        {
          en: 'To how many digits after the point the value is rounded, halves away from zero.',
          'zh-CN': '结果四舍五入到小数点后几位。',
        },
      ),
    },
    required: ['result', 'value'],
  },
} as const

const resolved = new Map<string, FieldType>()

/** A formula has the values of its result; what has none, or none that fits, is text until the check says so. */
function resolve(field: FieldDefinition): FieldType {
  const result = resultOf(field, RESULTS) ?? textField
  let type = resolved.get(result.name)
  if (type === undefined) {
    type = computedType(own, result)
    resolved.set(result.name, type)
  }
  return type
}

export const formulaField = defineFieldType({
  ...computedType(own, textField),
  resolve,
  examples: [
    {
      config: { result: 'text', value: { var: 'name' } },
      valid: ['华兴机械'],
      invalid: [{ value: 1, code: 'FIELD_TYPE_WRONG' }],
      badConfigs: [{}, { result: 'text' }, { result: 'tags', value: { var: 'name' } }],
    },
  ],
})
