import { instantOf, wallClockOf } from '../../kit/zoned.ts'

/** The instant at which a day is over, on the workspace's clock; the API's `until`. */
export function endOfDay(day: string, zone: string): string {
  const next = new Date(`${day}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return instantOf({ date: next.toISOString().slice(0, 10), time: '00:00:00' }, zone)
}

/** The last day of a share that ends at this instant. */
export function dayOfEnd(until: string, zone: string): string {
  return wallClockOf(new Date(Date.parse(until) - 1), zone).date
}
