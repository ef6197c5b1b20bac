import { DateTime, type DurationLike } from 'luxon'
import type { ReportPeriod } from '../../metadata/types.ts'
import type { WorkspaceSettings } from '../model/compiled.ts'
import { weekShift } from '../records/figure-sql.ts'
import type { Bucket } from '../records/parse-aggregate.ts'

export type PeriodName = NonNullable<ReportPeriod['default']>

/** Days of the workspace, `YYYY-MM-DD`; `to` is the first day that is no longer in it. */
export interface DayRange {
  readonly from: string
  readonly to: string
}

/** A time with the one before it, of the same kind. */
export interface Period {
  readonly range: DayRange
  readonly before: DayRange
}

interface Span {
  readonly unit: Bucket
  /** How many of them, counted back from the one in which today lies. */
  readonly count: number
  /** The last of them, counted from today's: 0 it, -1 the one before. */
  readonly last: number
}

const SPANS: { readonly [P in Exclude<PeriodName, 'all'>]: Span } = {
  today: { unit: 'day', count: 1, last: 0 },
  yesterday: { unit: 'day', count: 1, last: -1 },
  this_week: { unit: 'week', count: 1, last: 0 },
  last_week: { unit: 'week', count: 1, last: -1 },
  this_month: { unit: 'month', count: 1, last: 0 },
  last_month: { unit: 'month', count: 1, last: -1 },
  this_quarter: { unit: 'quarter', count: 1, last: 0 },
  last_quarter: { unit: 'quarter', count: 1, last: -1 },
  this_year: { unit: 'year', count: 1, last: 0 },
  last_year: { unit: 'year', count: 1, last: -1 },
  last_7_days: { unit: 'day', count: 7, last: 0 },
  last_30_days: { unit: 'day', count: 30, last: 0 },
  last_90_days: { unit: 'day', count: 90, last: 0 },
  last_12_months: { unit: 'month', count: 12, last: 0 },
}

export const PERIOD_NAMES: readonly PeriodName[] = [...(Object.keys(SPANS) as PeriodName[]), 'all']

/**
 * The days of a period by its name; undefined for all time. A period that is not over yet counts whole, and so does
 * the one before.
 * @param today the workspace's day
 */
export function periodOf(name: PeriodName, today: string, settings: WorkspaceSettings): Period | undefined {
  if (name === 'all') return undefined
  const { unit, count, last } = SPANS[name]
  const current = startOf(dayOf(today), unit, settings)
  const end = shift(current, unit, last + 1)
  const start = shift(end, unit, -count)
  return { range: rangeOf(start, end), before: rangeOf(shift(start, unit, -count), start) }
}

/** The days from one to another, the last one included, and as many before them. */
export function daysBetween(from: string, last: string): Period {
  const [start, end] = [dayOf(from), dayOf(last).plus({ days: 1 })]
  const days = Math.round(end.diff(start, 'days').days)
  return { range: rangeOf(start, end), before: rangeOf(start.minus({ days }), start) }
}

/** The days of the bucket that begins on a day. */
export function bucketRange(bucket: Bucket, first: string): DayRange {
  const start = dayOf(first)
  return rangeOf(start, shift(start, bucket, 1))
}

/**
 * The first days of all buckets from the one of a day to that of another, both included.
 * @param most none come back where there are more
 */
export function bucketsBetween(
  bucket: Bucket,
  from: string,
  to: string,
  settings: WorkspaceSettings,
  most: number,
): readonly string[] {
  const days: string[] = []
  const end = dayOf(to)
  for (let day = startOf(dayOf(from), bucket, settings); day <= end; day = shift(day, bucket, 1)) {
    if (days.length === most) return []
    days.push(day.toISODate()!)
  }
  return days
}

/** The instant at which a day of the workspace begins, ISO in UTC. */
export function startOfDay(day: string, timeZone: string): string {
  return DateTime.fromISO(day, { zone: timeZone })
    .startOf('day')
    .toUTC()
    .toISO({ precision: 'milliseconds' })!
}

function dayOf(day: string): DateTime {
  return DateTime.fromISO(day, { zone: 'utc' })
}

function startOf(day: DateTime, unit: Bucket, settings: WorkspaceSettings): DateTime {
  if (unit !== 'week') return day.startOf(unit)
  const days = weekShift(settings)
  return day.plus({ days }).startOf('week').minus({ days })
}

function shift(day: DateTime, unit: Bucket, count: number): DateTime {
  const by: DurationLike = unit === 'quarter' ? { months: 3 * count } : { [`${unit}s`]: count }
  return day.plus(by)
}

function rangeOf(from: DateTime, to: DateTime): DayRange {
  return { from: from.toISODate()!, to: to.toISODate()! }
}
