import { DateTime } from 'luxon'
import { dayText, parseDay, weekdayOf } from '../../metadata/rules/calendar-days.ts'
import type { DurationParts } from '../../metadata/rules/durations.ts'
import { addWorkingDays, isWorkingDay, type WorkingCalendar } from '../../metadata/rules/working-days.ts'
import type { CalendarDefinition } from '../../metadata/types.ts'
import type { DefinitionSet } from './compiled.ts'

/** A span of working time: minutes of the day on which it begins; an end of the next day is over 1440. */
interface Shift {
  readonly from: number
  readonly to: number
}

/** Which days are worked, and when. */
export interface WorkingHours extends WorkingCalendar {
  /** By ISO weekday, in order. */
  readonly shifts: ReadonlyMap<number, readonly Shift[]>
  /** The weekday whose hours a make-up day has, by day. */
  readonly worksAs: ReadonlyMap<string, number>
  readonly timeZone: string | undefined
}

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const

const DAY_MINUTES = 1_440
/** Days without any working time that are walked at most. */
const MOST_IDLE_DAYS = 800

const kept = new WeakMap<CalendarDefinition, WorkingHours>()

/** A calendar as it is reckoned with. */
export function workingHours(definition: CalendarDefinition): WorkingHours {
  const known = kept.get(definition)
  if (known !== undefined) return known
  const shifts = new Map<number, Shift[]>()
  for (const { days, from, to } of definition.hours) {
    const [begin, end] = [minutesOf(from), minutesOf(to)]
    for (const day of days) {
      const weekday = WEEKDAYS.indexOf(day) + 1
      const shift = { from: begin, to: end > begin ? end : end + DAY_MINUTES }
      shifts.set(
        weekday,
        [...(shifts.get(weekday) ?? []), shift].sort((a, b) => a.from - b.from),
      )
    }
  }
  const first = Math.min(...shifts.keys())
  const worksAs = (definition.workdays ?? []).map(
    ({ day, as }) => [day, as === undefined ? first : WEEKDAYS.indexOf(as) + 1] as const,
  )
  const made: WorkingHours = {
    weekdays: new Set(shifts.keys()),
    holidays: new Set((definition.holidays ?? []).flatMap(daysOfHoliday)),
    workdays: new Set(worksAs.map(([day]) => day)),
    shifts,
    worksAs: new Map(worksAs),
    timeZone: definition.timeZone,
  }
  kept.set(definition, made)
  return made
}

/** Every day of a holiday; none where its days are not those of the calendar. */
export function daysOfHoliday({
  from,
  to = from,
}: {
  readonly from: string
  readonly to?: string
}): string[] {
  const [first, last] = [parseDay(from), parseDay(to)]
  if (first === undefined || last === undefined || last < first) return []
  return Array.from({ length: last - first + 1 }, (_, index) => dayText(first + index))
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

/** The calendar by which rules count working days; undefined where the workspace has none. */
export function workspaceCalendar({ calendar }: DefinitionSet): WorkingHours | undefined {
  for (const definition of calendar.values()) if (definition.default === true) return workingHours(definition)
  return undefined
}

/** Whether an instant lies within working time. */
export function isWorkingTime(at: Date, hours: WorkingHours, timeZone: string): boolean {
  const open = nextWorkingTime(at, hours, timeZone)
  return open !== undefined && open.getTime() === at.getTime()
}

/** The instant itself where work is done then, else when work begins next; undefined where it never does. */
export function nextWorkingTime(at: Date, hours: WorkingHours, timeZone: string): Date | undefined {
  for (const [begin] of spansFrom(at.getTime(), hours, hours.timeZone ?? timeZone)) return new Date(begin)
  return undefined
}

/**
 * An instant and so much working time. Days are working days, which keep the time of day; hours and less are time that
 * is really worked, through changes of the clock too. What begins outside of working time begins when work begins next.
 * @returns undefined where the calendar never holds as much
 */
export function addWorkingTime(
  from: Date,
  { months, days, ms }: DurationParts,
  hours: WorkingHours,
  workspaceZone: string,
): Date | undefined {
  const timeZone = hours.timeZone ?? workspaceZone
  const later = DateTime.fromJSDate(from, { zone: timeZone }).plus({ months }).toJSDate()
  const begin = nextWorkingTime(later, hours, timeZone)
  if (begin === undefined) return undefined
  const moved = days === 0 ? begin : plusWorkingDays(begin, days, hours, timeZone)
  if (moved === undefined) return undefined
  let left = ms
  for (const [start, end] of spansFrom(moved.getTime(), hours, timeZone)) {
    if (left <= end - start) return new Date(start + left)
    left -= end - start
  }
  return undefined
}

function plusWorkingDays(from: Date, days: number, hours: WorkingHours, timeZone: string): Date | undefined {
  const local = DateTime.fromJSDate(from, { zone: timeZone })
  const day = addWorkingDays(parseDay(local.toISODate()!)!, days, hours)
  if (day === undefined) return undefined
  const minutes = local.hour * 60 + local.minute
  const at = instantOf(day, minutes, timeZone)
  return new Date(at + local.second * 1000 + local.millisecond)
}

/** The spans of working time from an instant on, in order; none overlaps another. */
function* spansFrom(
  from: number,
  hours: WorkingHours,
  timeZone: string,
): Generator<readonly [begin: number, end: number]> {
  const local = DateTime.fromMillis(from, { zone: timeZone })
  let after = from
  let idle = 0
  // A shift of the night before may still be under way.
  for (let day = parseDay(local.toISODate()!)! - 1; idle <= MOST_IDLE_DAYS; day++) {
    idle += 1
    for (const { from: begin, to: end } of shiftsOn(day, hours)) {
      const [start, stop] = [Math.max(instantOf(day, begin, timeZone), after), instantOf(day, end, timeZone)]
      if (stop <= start) continue
      yield [start, stop]
      after = stop
      idle = 0
    }
  }
}

function shiftsOn(day: number, hours: WorkingHours): readonly Shift[] {
  if (!isWorkingDay(day, hours)) return []
  return hours.shifts.get(hours.worksAs.get(dayText(day)) ?? weekdayOf(day)) ?? []
}

/** The instant of so many minutes by the clock of a day; one that a change of the clock leaves out comes right after. */
function instantOf(day: number, minutes: number, timeZone: string): number {
  const whole = dayText(day + Math.floor(minutes / DAY_MINUTES))
  const [hour, minute] = [Math.floor((minutes % DAY_MINUTES) / 60), minutes % 60]
  return DateTime.fromISO(whole, { zone: timeZone }).set({ hour, minute }).toMillis()
}

/** What the environment of a rule says of working days. */
export function ruleCalendar({ definitions }: { readonly definitions: DefinitionSet }): {
  readonly calendar?: WorkingCalendar
} {
  const calendar = workspaceCalendar(definitions)
  return calendar === undefined ? {} : { calendar }
}
