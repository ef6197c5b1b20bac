import { civilDay, endOf, PERIODS, type Period, startOf, weekdayOf, weekOf } from '../calendar-days.ts'
import { dayOfValue } from '../comparing.ts'
import { wholeDecimal } from '../decimal.ts'
import { defineOperator, type RuleOperator, type Slot } from '../operator.ts'
import { type Evaluate, literalOf, strictOne } from '../running.ts'
import { localTime } from '../time-zone.ts'
import type { LocalText } from '../types.ts'

const day: Slot = { kind: 'value', types: ['date', 'datetime'] }
const nullBehaviour: LocalText = { en: 'Null for null.', 'zh-CN': '空值结果为空。' }
const DAY_MS = 86_400_000

function part<const N extends string>(
  name: N,
  label: LocalText,
  description: LocalText,
  value: number,
  of: (day: number) => number,
): RuleOperator<N> {
  return defineOperator({
    name,
    family: 'date',
    label,
    description,
    nullBehaviour,
    signature: { shape: 'fixed', slots: [day], result: 'number' },
    comparesOptions: false,
    sentence: { en: `the ${label.en} of {0}`, 'zh-CN': `{0}的${label['zh-CN']}` },
    examples: [{ rule: { [name]: { var: 'close_date' } }, value }],
    evaluate: strictOne<number>((value, world, type) => wholeDecimal(of(dayOfValue(value, type, world)))),
  })
}

function clock<const N extends 'hour' | 'minute'>(
  name: N,
  label: LocalText,
  description: LocalText,
  value: number,
): RuleOperator<N> {
  const unit = name === 'hour' ? 3_600_000 : 60_000
  const count = name === 'hour' ? 24 : 60
  return defineOperator({
    name,
    family: 'date',
    label,
    description,
    nullBehaviour,
    signature: { shape: 'fixed', slots: [{ kind: 'value', types: ['datetime'] }], result: 'number' },
    comparesOptions: false,
    sentence: { en: `the ${label.en} of {0}`, 'zh-CN': `{0}的${label['zh-CN']}` },
    examples: [{ rule: { [name]: { var: 'created_at' } }, value }],
    evaluate: strictOne<number>((value, { environment }) => {
      const local = localTime(value, environment.timeZone)
      const ofDay = local - Math.floor(local / DAY_MS) * DAY_MS
      return wholeDecimal(Math.floor(ofDay / unit) % count)
    }),
  })
}

const bound =
  (of: (day: number, period: Period) => number): Evaluate =>
  (args, call) => {
    const period = literalOf(args[1]) as Period
    return strictOne<number>((value, world, type) => of(dayOfValue(value, type, world), period))(
      args.slice(0, 1),
      call,
    )
  }

function period<const N extends 'start_of' | 'end_of'>(
  name: N,
  label: LocalText,
  description: LocalText,
  values: readonly [string, string],
  of: (day: number, period: Period) => number,
): RuleOperator<N> {
  return defineOperator({
    name,
    family: 'date',
    label,
    description,
    nullBehaviour,
    signature: { shape: 'fixed', slots: [day, { kind: 'choice', words: PERIODS }], result: 'date' },
    comparesOptions: false,
    sentence: { en: `the ${label.en} of the {1} of {0}`, 'zh-CN': `{0}所在{1}的${label['zh-CN']}` },
    examples: [
      { rule: { [name]: [{ var: 'close_date' }, 'quarter'] }, value: values[0] },
      { rule: { [name]: [{ var: 'created_at' }, 'week'] }, value: values[1] },
    ],
    evaluate: bound(of),
  })
}

export const datePartOperators = [
  part(
    'year',
    { en: 'year', 'zh-CN': '年份' },
    { en: 'The year of a date, or of an instant’s day.', 'zh-CN': '日期（或日期时间所在日）的年份。' },
    2026,
    (value) => {
      const { year } = civilDay(value)
      // There is no year 0: 1 BC comes before 1.
      return year > 0 ? year : year - 1
    },
  ),
  part(
    'quarter',
    { en: 'quarter', 'zh-CN': '季度' },
    { en: 'The quarter of the year, 1 to 4.', 'zh-CN': '季度，1 到 4。' },
    1,
    (value) => Math.ceil(civilDay(value).month / 3),
  ),
  part(
    'month',
    { en: 'month', 'zh-CN': '月份' },
    { en: 'The month, 1 to 12.', 'zh-CN': '月份，1 到 12。' },
    3,
    (value) => civilDay(value).month,
  ),
  part(
    'week',
    { en: 'week', 'zh-CN': '周数' },
    { en: 'The number of the week by ISO 8601, 1 to 53.', 'zh-CN': 'ISO 8601 周数，1 到 53。' },
    14,
    weekOf,
  ),
  part(
    'day',
    { en: 'day of the month', 'zh-CN': '日' },
    { en: 'The day of the month, 1 to 31.', 'zh-CN': '当月第几日，1 到 31。' },
    31,
    (value) => civilDay(value).day,
  ),
  part(
    'weekday',
    { en: 'day of the week', 'zh-CN': '星期' },
    { en: 'The day of the week, 1 for Monday to 7 for Sunday.', 'zh-CN': '星期几，周一为 1，周日为 7。' },
    2,
    weekdayOf,
  ),
  clock(
    'hour',
    { en: 'hour', 'zh-CN': '小时' },
    {
      en: 'The hour of the day of an instant, 0 to 23, by the workspace’s clock.',
      'zh-CN': '日期时间的小时，0 到 23，按工作区时间。',
    },
    9,
  ),
  clock(
    'minute',
    { en: 'minute', 'zh-CN': '分钟' },
    {
      en: 'The minute of the hour of an instant, 0 to 59, by the workspace’s clock.',
      'zh-CN': '日期时间的分钟，0 到 59，按工作区时间。',
    },
    30,
  ),
  period(
    'start_of',
    { en: 'first day', 'zh-CN': '第一天' },
    {
      en: 'The first day of the day, week (from Monday), month, quarter or year in which a date or an instant lies.',
      'zh-CN': '日期或日期时间所在日、周（周一起）、月、季度或年的第一天。',
    },
    ['2026-01-01', '2026-03-02'],
    startOf,
  ),
  period(
    'end_of',
    { en: 'last day', 'zh-CN': '最后一天' },
    {
      en: 'The last day of the day, week (to Sunday), month, quarter or year in which a date or an instant lies.',
      'zh-CN': '日期或日期时间所在日、周（至周日）、月、季度或年的最后一天。',
    },
    ['2026-03-31', '2026-03-08'],
    endOf,
  ),
]
