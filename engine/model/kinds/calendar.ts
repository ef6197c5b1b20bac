import { IANAZone } from 'luxon'
import { dayText, parseDay } from '../../../metadata/rules/calendar-days.ts'
import schema from '../../../metadata/schema/calendar.schema.json' with { type: 'json' }
import type { CalendarDefinition } from '../../../metadata/types.ts'
import { type LocalText, type Problem, problem } from '../../errors.ts'
import { pointer } from '../pointer.ts'
import { daysOfHoliday, WEEKDAYS, workingHours } from '../working-time.ts'
import { defineKind, type ModelContext } from './kind-spec.ts'
import { bundleSchema } from './schema.ts'
import { counted, sentenceOf } from './sentences.ts'

export const calendarKind = defineKind({
  kind: 'calendar',
  content: false,
  label: { en: 'calendar', 'zh-CN': '工作日历' },
  schema: () => bundleSchema(schema),
  lists: [],
  references: () => [],
  check: checkCalendar,
  sentence: (definition) =>
    sentenceOf(definition, (name, language) => {
      const { weekdays, holidays, workdays } = workingHours(definition)
      if (language === 'en') {
        const own = definition.default === true ? ', by which the workspace counts working days' : ''
        return `${name} knows ${counted(weekdays.size, 'working weekday')}, ${counted(holidays.size, 'day')} off and ${counted(workdays.size, 'make-up day')}${own}.`
      }
      const own = definition.default === true ? '，工作区按此计算工作日' : ''
      return `${name}：每周工作 ${weekdays.size} 天，放假 ${holidays.size} 天，调休上班 ${workdays.size} 天${own}。`
    }),
})

function checkCalendar(definition: CalendarDefinition, context: ModelContext): readonly Problem[] {
  return [
    ...otherDefault(definition, context),
    ...(definition.timeZone === undefined || IANAZone.isValidZone(definition.timeZone)
      ? []
      : [unfit('/timeZone', NO_ZONE)]),
    ...overlaps(definition),
    ...holidayProblems(definition),
    ...workdayProblems(definition),
  ]
}

function otherDefault({ name, default: own }: CalendarDefinition, { definitions }: ModelContext) {
  if (own !== true) return []
  const other = [...definitions.calendar.values()].find((one) => one.default === true && one.name !== name)
  return other === undefined ? [] : [unfit('/default', defaultTwice(other.name))]
}

/** Spans that run into one another: by weekday, the last into the first of the day after. */
function overlaps({ hours }: CalendarDefinition): readonly Problem[] {
  const week = hours.flatMap(({ days, from, to }, index) =>
    days.map((day) => {
      const begin = minutesOf(WEEKDAYS.indexOf(day), from)
      const end = minutesOf(WEEKDAYS.indexOf(day), to)
      return { index, begin, end: end > begin ? end : end + 1_440 }
    }),
  )
  const clash = hours.findIndex((_, index) =>
    week.some(
      (one) =>
        one.index === index &&
        week.some(
          (other) =>
            other !== one &&
            other.index <= index &&
            [0, WEEK].some((shift) => one.begin < other.end + shift && other.begin + shift < one.end),
        ),
    ),
  )
  return clash === -1 ? [] : [unfit(pointer('hours', clash), OVERLAP)]
}

const WEEK = 7 * 1_440

function minutesOf(day: number, time: string): number {
  return day * 1_440 + Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

function holidayProblems({ holidays = [] }: CalendarDefinition): readonly Problem[] {
  return holidays.flatMap(({ from, to }, index) => [
    ...dayProblems(from, pointer('holidays', index, 'from')),
    ...(to === undefined ? [] : dayProblems(to, pointer('holidays', index, 'to'))),
    ...(to !== undefined && to < from ? [unfit(pointer('holidays', index, 'to'), BEFORE_FIRST)] : []),
  ])
}

function workdayProblems({ hours, holidays = [], workdays = [] }: CalendarDefinition): readonly Problem[] {
  const off = new Set(holidays.flatMap(daysOfHoliday))
  const worked = new Set(hours.flatMap(({ days }) => days))
  return workdays.flatMap(({ day, as }, index) => [
    ...dayProblems(day, pointer('workdays', index, 'day')),
    ...(off.has(day) ? [unfit(pointer('workdays', index, 'day'), BOTH)] : []),
    ...(workdays.findIndex((other) => other.day === day) < index
      ? [unfit(pointer('workdays', index, 'day'), TWICE)]
      : []),
    ...(as !== undefined && !worked.has(as) ? [unfit(pointer('workdays', index, 'as'), NO_HOURS)] : []),
  ])
}

function dayProblems(text: string, at: string): readonly Problem[] {
  const day = parseDay(text)
  return day !== undefined && dayText(day) === text ? [] : [unfit(at, NO_DAY)]
}

function unfit(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}

function defaultTwice(other: string): LocalText {
  return { en: `“${other}” is the workspace’s calendar already`, 'zh-CN': `“${other}”已是工作区日历` }
}
const NO_ZONE = { en: 'there is no such time zone', 'zh-CN': '没有这个时区' }
const OVERLAP = { en: 'it runs into another span', 'zh-CN': '与另一时段重叠' }
const BEFORE_FIRST = { en: 'it is before the first day', 'zh-CN': '早于首日' }
const BOTH = { en: 'it is a holiday as well', 'zh-CN': '该日同时是节假日' }
const TWICE = { en: 'it is said twice', 'zh-CN': '重复填写' }
const NO_HOURS = { en: 'that weekday has no hours', 'zh-CN': '该星期几没有上班时段' }
const NO_DAY = { en: 'there is no such day', 'zh-CN': '没有这一天' }
