import { DateTime } from 'luxon'
import type { Preference } from './preference.ts'

/**
 * When the quiet hours end in which an instant lies; undefined where it lies in none. By the person's own clock: hours
 * that a change of the clock leaves out or repeats are as long as they are. A `from` after `until` goes over midnight.
 */
export function quietUntil(quiet: Preference['quiet'], timeZone: string, at: Date): Date | undefined {
  if (quiet === undefined) return undefined
  const begin: DateTime = DateTime.fromJSDate(at, { zone: timeZone })
  let now = begin
  // A weekend of quiet days may follow a quiet night, and the other way round.
  for (let turn = 0; turn < 8; turn++) {
    const end = endOf(quiet, now)
    if (end === undefined) break
    now = end
  }
  return now.equals(begin) ? undefined : now.toJSDate()
}

function endOf(
  { from, until, weekend }: NonNullable<Preference['quiet']>,
  now: DateTime,
): DateTime | undefined {
  if (weekend === true && now.weekday > 5) return now.startOf('day').plus({ days: 1 })
  const minute = now.hour * 60 + now.minute
  const [first, last] = [minutesOf(from), minutesOf(until)]
  const isOverMidnight = first > last
  const isWithin = isOverMidnight ? minute >= first || minute < last : minute >= first && minute < last
  if (!isWithin) return undefined
  const day = isOverMidnight && minute >= first ? now.startOf('day').plus({ days: 1 }) : now.startOf('day')
  const end = day.set({ hour: Math.floor(last / 60), minute: last % 60 })
  return end > now ? end : undefined
}

function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}
