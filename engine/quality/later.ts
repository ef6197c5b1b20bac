import { DateTime } from 'luxon'
import { parseDuration } from '../../metadata/rules/durations.ts'

/** An instant so much later: months and days by the calendar of the time zone, hours and less by the clock. */
export function later(from: Date, duration: string, timeZone: string): Date {
  const parts = parseDuration(duration)
  if (parts === undefined) throw new Error(`"${duration}" is no duration`)
  const { months, days, ms } = parts
  return DateTime.fromJSDate(from, { zone: timeZone })
    .plus({ months })
    .plus({ days })
    .plus({ milliseconds: ms })
    .toJSDate()
}
