import type { Field, RecordData } from '../../api/types.ts'
import { instantOf, wallClockOf } from '../../kit/zoned.ts'

/** Days are yyyy-mm-dd, as the workspace's clock has them. */
type Day = string

const DAY_MS = 86_400_000

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7

/** The day on which weeks begin where a language is spoken; Monday where the browser does not know. */
export function weekStart(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & {
    readonly weekInfo?: { readonly firstDay: number }
    getWeekInfo?(): { readonly firstDay: number }
  }
  return (known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 1
}

export function weekOf(day: Day, start: number): readonly Day[] {
  const first = addDays(day, -((weekdayOf(day) - start + 7) % 7))
  return Array.from({ length: 7 }, (_, at) => addDays(first, at))
}

/** The weeks that a month touches, whole. */
export function monthOf(day: Day, start: number): readonly Day[] {
  const month = day.slice(0, 7)
  const days: Day[] = []
  for (let week = weekOf(`${month}-01`, start); ; week = weekOf(addDays(week[6]!, 1), start)) {
    days.push(...week)
    if (addDays(week[6]!, 1).slice(0, 7) !== month) return days
  }
}

/** The same day of another month, or its last one. */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

/** The day of a value of a date or date-time field; undefined where there is none. */
export function dayOf(field: Field, value: unknown, zone: string): Day | undefined {
  if (typeof value !== 'string' || value === '') return undefined
  return field.type === 'date' ? value : wallClockOf(value, zone).date
}

/** A place to which a record can be taken. */
export interface DayPlace {
  readonly day: Day
  /** Whether it has hours, to one of which it goes. */
  readonly isHours: boolean
}

/** A value that many days and minutes later, as the workspace's clock has it; a day without a time knows no minutes. */
export function movedBy(
  field: Field,
  value: unknown,
  { days, minutes }: { readonly days: number; readonly minutes: number },
  zone: string,
): string | null {
  if (typeof value !== 'string') return null
  if (field.type === 'date') return addDays(value, days)
  const { date, time } = wallClockOf(value, zone)
  const shown = Date.parse(`${addDays(date, days)}T${time}Z`) + minutes * 60_000
  const [to = '', at = ''] = new Date(shown).toISOString().slice(0, 19).split('T')
  return instantOf({ date: to, time: at }, zone)
}

/** The hour at which something begins that is made for a day. */
const MORNING = '09:00:00'

/** What a new record of a day has in the field. */
export const valueOn = (field: Field, day: Day, zone: string, time = MORNING): string =>
  field.type === 'date' ? day : instantOf({ date: day, time }, zone)

/** Which records stand on some days: those that begin before the end and are not over before the beginning. */
export function daysRule(date: Field, until: Field | undefined, from: Day, to: Day, zone: string): unknown {
  const begin = (field: Field, day: Day): string =>
    field.type === 'date' ? day : instantOf({ date: day, time: '00:00:00' }, zone)
  const at = { var: date.name }
  const before = { '<': [at, begin(date, addDays(to, 1))] }
  const after = { '>=': [at, begin(date, from)] }
  if (until === undefined) return { and: [after, before] }
  return { and: [before, { or: [after, { '>=': [{ var: until.name }, begin(until, from)] }] }] }
}

/** The records of each day, in the order of their times. */
export function byDay(
  records: readonly RecordData[],
  date: Field,
  until: Field | undefined,
  days: readonly Day[],
  zone: string,
): ReadonlyMap<Day, readonly RecordData[]> {
  const found = new Map<Day, RecordData[]>(days.map((day) => [day, []]))
  const begins = (record: RecordData): string => String(record[date.name] ?? '')
  for (const record of [...records].sort((one, other) => (begins(one) < begins(other) ? -1 : 1))) {
    const first = dayOf(date, record[date.name], zone)
    if (first === undefined) continue
    const last = until === undefined ? first : (dayOf(until, record[until.name], zone) ?? first)
    for (const day of days) if (day === first || (day > first && day <= last)) found.get(day)?.push(record)
  }
  return found
}
