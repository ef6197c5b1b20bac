import { dayText, weekdayOf } from './calendar-days.ts'

/** Which days are worked. */
export interface WorkingCalendar {
  /** ISO weekdays that are worked as a rule, 1 Monday … 7 Sunday. */
  readonly weekdays: ReadonlySet<number>
  /** Days (`YYYY-MM-DD`) that are free although their weekday is worked. */
  readonly holidays: ReadonlySet<string>
  /** Days that are worked although their weekday is free, as China's make-up days. */
  readonly workdays: ReadonlySet<string>
}

export const MONDAY_TO_FRIDAY: WorkingCalendar = Object.freeze({
  weekdays: new Set([1, 2, 3, 4, 5]),
  holidays: new Set<string>(),
  workdays: new Set<string>(),
})

/** Days that are walked one by one at most: two hundred years. */
export const MAX_WALK_DAYS = 74_400

export function isWorkingDay(day: number, calendar: WorkingCalendar): boolean {
  const text = dayText(day)
  if (calendar.workdays.has(text)) return true
  return calendar.weekdays.has(weekdayOf(day)) && !calendar.holidays.has(text)
}

/** Working days after `from` up to and including `to`; negative where `to` comes first; undefined beyond 200 years. */
export function workingDaysBetween(from: number, to: number, calendar: WorkingCalendar): number | undefined {
  if (Math.abs(to - from) > MAX_WALK_DAYS) return undefined
  if (to < from) return -workingDaysBetween(to, from, calendar)! + 0
  let count = 0
  for (let day = from + 1; day <= to; day++) if (isWorkingDay(day, calendar)) count += 1
  return count
}

/** The day so many working days on (or back, for a negative count); undefined where 200 years hold too few. */
export function addWorkingDays(from: number, count: number, calendar: WorkingCalendar): number | undefined {
  const step = count < 0 ? -1 : 1
  let left = Math.abs(count)
  let day = from
  for (let walked = 0; left > 0; walked++) {
    if (walked > MAX_WALK_DAYS) return undefined
    day += step
    if (isWorkingDay(day, calendar)) left -= 1
  }
  return day
}
