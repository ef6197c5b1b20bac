import { defineOperator, type Slot } from '../operator.ts'

const day: Slot = { kind: 'value', types: ['date', 'datetime'] }

export const dateOperators = [
  defineOperator({
    name: 'days_since',
    family: 'date',
    label: { en: 'days since', 'zh-CN': '距今天数' },
    description: {
      en: 'Whole days of the calendar from then to today, negative for the future; an instant counts by its day in the workspace’s time zone.',
      'zh-CN': '从该日到今天相隔的日历天数，未来为负；日期时间按工作区时区所在的日期计算。',
    },
    nullBehaviour: { en: 'Null for null.', 'zh-CN': '空值结果为空。' },
    signature: { shape: 'fixed', slots: [day], result: 'number' },
    comparesOptions: false,
    sentence: { en: 'days since {0}', 'zh-CN': '{0}距今的天数' },
  }),
  defineOperator({
    name: 'today',
    family: 'date',
    label: { en: 'today', 'zh-CN': '今天' },
    description: { en: 'The workspace’s day.', 'zh-CN': '工作区当天日期。' },
    nullBehaviour: { en: 'Never null.', 'zh-CN': '不会为空。' },
    signature: { shape: 'fixed', slots: [], result: 'date' },
    comparesOptions: false,
    sentence: { en: 'today', 'zh-CN': '今天' },
  }),
  defineOperator({
    name: 'now',
    family: 'date',
    label: { en: 'now', 'zh-CN': '现在' },
    description: { en: 'The instant of the question.', 'zh-CN': '当前时刻。' },
    nullBehaviour: { en: 'Never null.', 'zh-CN': '不会为空。' },
    signature: { shape: 'fixed', slots: [], result: 'datetime' },
    comparesOptions: false,
    sentence: { en: 'now', 'zh-CN': '现在' },
  }),
  defineOperator({
    name: 'date_add',
    family: 'date',
    label: { en: 'plus a duration', 'zh-CN': '加时长' },
    description: {
      en: 'A date or an instant moved by a duration: years, months, weeks and days go by the workspace’s calendar (31 January + P1M is the last of February), hours, minutes and seconds by the clock. A date ignores hours, minutes and seconds.',
      'zh-CN':
        '将日期或日期时间推移一段时长：年、月、周、日按工作区日历推移（1 月 31 日加 P1M 为 2 月最后一天），时、分、秒按实际时间推移；日期忽略时、分、秒。',
    },
    nullBehaviour: { en: 'Null where an argument is null.', 'zh-CN': '任一参数为空时结果为空。' },
    signature: { shape: 'fixed', slots: [day, { kind: 'value', types: ['duration'] }], result: 'first' },
    comparesOptions: false,
    sentence: { en: '{0} plus {1}', 'zh-CN': '{0}加{1}' },
  }),
]
