import { addMonths, durationLength } from '../calendar-days.ts'
import { dayOfValue } from '../comparing.ts'
import { divide, wholeDecimal } from '../decimal.ts'
import type { DurationParts } from '../durations.ts'
import { defineOperator, type Slot } from '../operator.ts'
import { type Evaluate, strict, strictOne } from '../running.ts'
import { instantOf, localTime } from '../time-zone.ts'
import { RuleFault } from '../values.ts'

const day: Slot = { kind: 'value', types: ['date', 'datetime'] }

const DAY_MS = 86_400_000
/** A duration that is computed moves by at most two hundred years: further is an error, in SQL null. */
const MAX_COMPUTED_MS = 200 * 12 * 30 * DAY_MS
const OUT_OF_RANGE = new RuleFault('out_of_range')

/** Calendar before clock: months and days by the zone's calendar, hours and below by the clock. */
const shifted =
  (sign: 1 | -1): Evaluate =>
  (args, call) => {
    const isDay = args[0]!.type === 'date'
    const isWritten = args[1]!.part.kind === 'literal'
    return strict(([start, length], { environment }) => {
      const { months, days, ms } = length as DurationParts
      if (!isWritten && Math.abs(durationLength(length as DurationParts)) > MAX_COMPUTED_MS)
        return OUT_OF_RANGE
      if (isDay) return addMonths(start as number, sign * months) + sign * days
      if (months === 0 && days === 0) return (start as number) + sign * ms
      const local = localTime(start as number, environment.timeZone)
      const day = Math.floor(local / DAY_MS)
      const moved = (addMonths(day, sign * months) + sign * days) * DAY_MS + (local - day * DAY_MS)
      return instantOf(moved, environment.timeZone) + sign * ms
    })(args, call)
  }

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
    examples: [
      { rule: { days_since: { var: 'created_at' } }, value: 8 },
      { rule: { days_since: { var: 'close_date' } }, value: -21 },
    ],
    evaluate: strictOne<number>((value, world, type) =>
      wholeDecimal(world.today - dayOfValue(value, type, world)),
    ),
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
    examples: [{ rule: { today: [] }, value: '2026-03-10' }],
    evaluate: () => (world) => world.today,
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
    examples: [{ rule: { now: [] }, value: '2026-03-10T02:00:00.000Z' }],
    evaluate: () => (world) => world.environment.now,
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
    examples: [
      { rule: { date_add: [{ var: 'close_date' }, 'P1M'] }, value: '2026-04-30' },
      { rule: { date_add: [{ var: 'created_at' }, 'P1DT2H'] }, value: '2026-03-03T03:30:00.000Z' },
    ],
    evaluate: shifted(1),
  }),
  defineOperator({
    name: 'date_sub',
    family: 'date',
    label: { en: 'minus a duration', 'zh-CN': '减时长' },
    description: {
      en: 'A date or an instant moved back by a duration, in the way of date_add.',
      'zh-CN': '将日期或日期时间向前推移一段时长，规则同 date_add。',
    },
    nullBehaviour: { en: 'Null where an argument is null.', 'zh-CN': '任一参数为空时结果为空。' },
    signature: { shape: 'fixed', slots: [day, { kind: 'value', types: ['duration'] }], result: 'first' },
    comparesOptions: false,
    sentence: { en: '{0} minus {1}', 'zh-CN': '{0}减{1}' },
    examples: [{ rule: { date_sub: [{ var: 'close_date' }, { var: 'term' }] }, value: '2026-02-28' }],
    evaluate: shifted(-1),
  }),
  defineOperator({
    name: 'days_between',
    family: 'date',
    label: { en: 'days between', 'zh-CN': '相隔天数' },
    description: {
      en: 'Whole days of the calendar from the first to the second, negative where the second comes first; instants count by their day.',
      'zh-CN': '从前一日期到后一日期相隔的日历天数，后者较早时为负；日期时间按所在日计算。',
    },
    nullBehaviour: { en: 'Null where an argument is null.', 'zh-CN': '任一参数为空时结果为空。' },
    signature: { shape: 'fixed', slots: [day, day], result: 'number' },
    comparesOptions: false,
    sentence: { en: 'days from {0} to {1}', 'zh-CN': '{0}到{1}的天数' },
    examples: [{ rule: { days_between: [{ var: 'created_at' }, { var: 'close_date' }] }, value: 29 }],
    evaluate: (args, call) => {
      const [from, to] = args.map((arg) => arg.type)
      return strict(([start, end], world) =>
        wholeDecimal(dayOfValue(end!, to!, world) - dayOfValue(start!, from!, world)),
      )(args, call)
    },
  }),
  defineOperator({
    name: 'hours_between',
    family: 'date',
    label: { en: 'hours between', 'zh-CN': '相隔小时数' },
    description: {
      en: 'Hours by the clock from the first instant to the second, to ten decimals.',
      'zh-CN': '从前一时刻到后一时刻的实际小时数，保留 10 位小数。',
    },
    nullBehaviour: { en: 'Null where an argument is null.', 'zh-CN': '任一参数为空时结果为空。' },
    signature: {
      shape: 'fixed',
      slots: [
        { kind: 'value', types: ['datetime'] },
        { kind: 'value', types: ['datetime'] },
      ],
      result: 'number',
    },
    comparesOptions: false,
    sentence: { en: 'hours from {0} to {1}', 'zh-CN': '{0}到{1}的小时数' },
    examples: [{ rule: { hours_between: [{ var: 'created_at' }, { var: 'now' }] }, value: 192.5 }],
    evaluate: strict(
      ([start, end]) =>
        divide(wholeDecimal((end as number) - (start as number)), wholeDecimal(3_600_000)) ?? null,
    ),
  }),
]
