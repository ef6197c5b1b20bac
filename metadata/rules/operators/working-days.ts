import { dayOfValue } from '../comparing.ts'
import { type Decimal, decimalText, floor, wholeDecimal } from '../decimal.ts'
import { defineOperator, type Slot } from '../operator.ts'
import { strict } from '../running.ts'
import type { LocalText } from '../types.ts'
import { RuleFault } from '../values.ts'
import { addWorkingDays, MAX_WALK_DAYS, workingDaysBetween } from '../working-days.ts'

const day: Slot = { kind: 'value', types: ['date', 'datetime'] }
const nullBehaviour: LocalText = {
  en: 'Null where an argument is null.',
  'zh-CN': '任一参数为空时结果为空。',
}
const ENGINE_ONLY: LocalText = {
  en: 'The database does not know the working calendar.',
  'zh-CN': '数据库不掌握工作日历。',
}
const OUT_OF_RANGE = new RuleFault('out_of_range')

export const workingDayOperators = [
  defineOperator({
    name: 'working_days_between',
    family: 'date',
    label: { en: 'working days between', 'zh-CN': '相隔工作日' },
    description: {
      en: 'Working days after the first day, up to and including the second; negative where the second comes first. The calendar is the workspace’s, Monday to Friday where it has none.',
      'zh-CN': '前一日期之后至后一日期（含）的工作日数，后者较早时为负。使用工作区日历，没有则为周一至周五。',
    },
    nullBehaviour,
    signature: { shape: 'fixed', slots: [day, day], result: 'number' },
    comparesOptions: false,
    engineOnly: ENGINE_ONLY,
    sentence: { en: 'working days from {0} to {1}', 'zh-CN': '{0}到{1}的工作日数' },
    aliases: ['networkdays'],
    examples: [
      { rule: { working_days_between: [{ var: 'created_at' }, { var: 'today' }] }, value: 6 },
      { rule: { working_days_between: ['2026-03-06', '2026-03-09'] }, value: 1 },
    ],
    evaluate: (args, call) => {
      const [fromType, toType] = args.map((arg) => arg.type)
      return strict(([from, to], world) => {
        const [start, end] = [dayOfValue(from!, fromType!, world), dayOfValue(to!, toType!, world)]
        const count = workingDaysBetween(start, end, world.calendar)
        return count === undefined ? OUT_OF_RANGE : wholeDecimal(count)
      })(args, call)
    },
  }),
  defineOperator({
    name: 'working_days_add',
    family: 'date',
    label: { en: 'plus working days', 'zh-CN': '加工作日' },
    description: {
      en: 'The day so many working days after a date or an instant’s day; before it for a negative number. Decimals of the number are cut.',
      'zh-CN': '日期（或日期时间所在日）之后若干个工作日的日期，负数为之前；小数部分舍去。',
    },
    nullBehaviour,
    signature: {
      shape: 'fixed',
      slots: [day, { kind: 'value', types: ['number'] }],
      result: 'date',
    },
    comparesOptions: false,
    engineOnly: ENGINE_ONLY,
    sentence: { en: '{0} plus {1} working days', 'zh-CN': '{0}加{1}个工作日' },
    aliases: ['workday'],
    examples: [{ rule: { working_days_add: [{ var: 'today' }, 4] }, value: '2026-03-16' }],
    evaluate: (args, call) => {
      const type = args[0]!.type
      return strict(([from, count], world) => {
        const days = Number(decimalText(truncated(count as Decimal)))
        if (Math.abs(days) > MAX_WALK_DAYS) return OUT_OF_RANGE
        return addWorkingDays(dayOfValue(from!, type, world), days, world.calendar) ?? OUT_OF_RANGE
      })(args, call)
    },
  }),
]

function truncated(value: Decimal): Decimal {
  return value.digits >= 0n
    ? floor(value)
    : { digits: -floor({ ...value, digits: -value.digits }).digits, scale: 0 }
}
