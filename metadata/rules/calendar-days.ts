import type { DurationParts } from './durations.ts'

/** Days and local times as plain numbers, so that no step of a rule depends on the machine's time zone. */

const DAY_MS = 86_400_000

export interface CivilDay {
  /** Astronomical: the year 0 is 1 BC. */
  readonly year: number
  readonly month: number // 1–12
  readonly day: number
}

/** Days since 1970-01-01, by the proleptic Gregorian calendar (H. Hinnant, chrono-compatible date algorithms). */
export function dayNumber({ year, month, day }: CivilDay): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The inverse of `dayNumber`. */
export function civilDay(days: number): CivilDay {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const position = Math.floor((5 * dayOfYear + 2) / 153)
  const month = position < 10 ? position + 3 : position - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * position + 2) / 5) + 1,
  }
}

/** Reads `2026-03-02`; undefined where it has another form. */
export function parseDay(text: string): number | undefined {
  const match = /^(\d{4,6})-(\d{2})-(\d{2})$/.exec(text)
  return match === null
    ? undefined
    : dayNumber({ year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) })
}

/** `2026-03-02`, years before the first with a minus. */
export function dayText(days: number): string {
  const { year, month, day } = civilDay(days)
  const digits = String(Math.abs(year)).padStart(4, '0')
  return `${year < 0 ? '-' : ''}${digits}-${twoDigits(month)}-${twoDigits(day)}`
}

export function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

/** 1 Monday … 7 Sunday. */
export function weekdayOf(days: number): number {
  return ((((days + 3) % 7) + 7) % 7) + 1
}

/** The number of the week by ISO 8601: the first has the year's first Thursday. */
export function weekOf(days: number): number {
  const thursday = days - weekdayOf(days) + 4
  const { year } = civilDay(thursday)
  return Math.floor((thursday - dayNumber({ year, month: 1, day: 1 })) / 7) + 1
}

/** The day so many months on; where that month is too short, its last day. */
export function addMonths(days: number, months: number): number {
  if (months === 0) return days
  const { year, month, day } = civilDay(days)
  const position = year * 12 + month - 1 + months
  const first = { year: Math.floor(position / 12), month: (((position % 12) + 12) % 12) + 1, day: 1 }
  const start = dayNumber(first)
  const next = dayNumber(
    first.month === 12 ? { year: first.year + 1, month: 1, day: 1 } : { ...first, month: first.month + 1 },
  )
  return start + Math.min(day, next - start) - 1
}

export const PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const
export type Period = (typeof PERIODS)[number]

/** The first day of the period in which a day lies; weeks begin on Monday. */
export function startOf(days: number, period: Period): number {
  if (period === 'day') return days
  if (period === 'week') return days - weekdayOf(days) + 1
  const { year, month } = civilDay(days)
  const first = period === 'year' ? 1 : period === 'quarter' ? month - ((month - 1) % 3) : month
  return dayNumber({ year, month: first, day: 1 })
}

/** The last day of the period in which a day lies. */
export function endOf(days: number, period: Period): number {
  const start = startOf(days, period)
  if (period === 'day') return start
  if (period === 'week') return start + 6
  return addMonths(start, period === 'year' ? 12 : period === 'quarter' ? 3 : 1) - 1
}

/** A duration as the days of the calendar and the clock that it is compared by: months of 30 days, days of 24 hours. */
export function durationLength({ months, days, ms }: DurationParts): number {
  return (months * 30 + days) * DAY_MS + ms
}
