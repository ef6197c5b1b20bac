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
import { configKey, nameSchema, textOf } from './parts/config.ts'
import { percentField } from './percent.ts'
import { textField } from './text.ts'

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

/** What can be made of the values of many records. */
export const ROLL_UP_FUNCTIONS = ['count', 'sum', 'average', 'min', 'max', 'first', 'last'] as const

const own = {
  name: 'roll_up',
  label: { en: 'Roll-up', 'zh-CN': '汇总' },
  description: {
    en: 'A number or value made of all records that point here, or that links of this one lead to.',
    'zh-CN': '由所有指向本记录的记录，或本记录多对多关联的记录汇总得出的值。',
  },
  computed: 'roll_up',
  configSchema: {
    properties: {
      over: configKey(
        { type: 'string', pattern: '^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?$', maxLength: 81 },
        { en: 'Over', 'zh-CN': '汇总对象' },
        {
          en: 'The relation, or a many-to-many field of this entity, and after a point the field of its records: quotes.total; a count needs no field.',
          'zh-CN': '关系名或本实体的多对多字段名，后接点号与其记录的字段：quotes.total；计数无需字段。',
        },
      ),
      fn: configKey(
        { enum: ROLL_UP_FUNCTIONS },
        { en: 'Function', 'zh-CN': '汇总方式' },
        {
          en: 'How many, their sum, average, smallest or largest, the first or last one made.',
          'zh-CN': '计数、求和、平均、最小、最大，或最早、最晚创建的一条。',
        },
      ),
      filter: configKey(
        { $ref: 'common.schema.json#/$defs/rule' },
        { en: 'Filter', 'zh-CN': '筛选条件' },
        {
          en: 'Which of the records count; all where nothing is said.',
          'zh-CN': '哪些记录参与汇总；不写表示全部。',
        },
      ),
      window: configKey(
        {
          type: 'object',
          additionalProperties: false,
          required: ['last', 'by'],
          properties: {
            last: configKey(
              { type: 'string', pattern: '^P(?!$)(\\d{1,3}Y)?(\\d{1,4}M)?(\\d{1,4}W)?(\\d{1,5}D)?$' },
              { en: 'Last', 'zh-CN': '最近' },
              {
                en: 'How long, in whole days, as in P365D or P12M; today is the last day of it.',
                'zh-CN': '时间长度，以整天计，例如 P365D 或 P12M；当天为最后一天。',
              },
            ),
            by: configKey(
              nameSchema,
              { en: 'By', 'zh-CN': '依据字段' },
              {
                en: 'The date or time of the record that must lie in it.',
                'zh-CN': '记录中须落在该时段内的日期或时间字段。',
              },
            ),
          },
        },
        { en: 'Rolling window', 'zh-CN': '滚动时段' },
        {
          en: 'Only records of the last while count; it moves on with each day.',
          'zh-CN': '只统计最近一段时间内的记录，时段随日期推移。',
        },
      ),
      result: resultKey([...RESULTS.keys()]),
    },
    required: ['over', 'fn'],
  },
} as const

const resolved = new Map<string, FieldType>()

/** A count is a whole number; what else is made of numbers is a decimal unless another result is said. */
function resolve(field: FieldDefinition): FieldType {
  const usual = textOf(field, 'fn') === 'count' ? integerField : decimalField
  const result = resultOf(field, RESULTS) ?? usual
  let type = resolved.get(result.name)
  if (type === undefined) {
    type = withAverage(computedType(own, result))
    resolved.set(result.name, type)
  }
  return type
}

/** An average is kept with the sum and the count that it is made of. */
function withAverage(type: FieldType): FieldType {
  return Object.freeze({
    ...type,
    encode: (value: unknown, field: FieldDefinition) => [
      value,
      null,
      ...(textOf(field, 'fn') === 'average' ? [null, null] : []),
    ],
    columns: (field: FieldDefinition) => [
      ...type.columns(field),
      ...(textOf(field, 'fn') === 'average'
        ? [
            { suffix: '_sum', sqlType: 'numeric' },
            { suffix: '_count', sqlType: 'bigint' },
          ]
        : []),
    ],
  })
}

export const rollUpField = defineFieldType({
  ...withAverage(computedType(own, decimalField)),
  resolve,
  examples: [
    {
      config: { over: 'quotes.total', fn: 'sum' },
      valid: [12.5],
      invalid: [{ value: 'x', code: 'FIELD_TYPE_WRONG' }],
      badConfigs: [
        {},
        { over: 'quotes' },
        { fn: 'sum' },
        { over: 'a.b.c', fn: 'sum' },
        { over: 'a.b', fn: 'median' },
        { over: 'a.b', fn: 'sum', window: { last: 'PT5H', by: 'sent_at' } },
        { over: 'a.b', fn: 'sum', window: { last: 'P5D' } },
      ],
    },
  ],
})
