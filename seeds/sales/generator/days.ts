/** The day as which the data is told; an install shifts all dates so that it becomes its own day. */
export const TODAY = '2026-11-22'

const DAY_MS = 86_400_000
const todayMs = Date.parse(`${TODAY}T00:00:00Z`)

/** The date so many days before today (negative: after it), as 2026-03-02. */
export function dateAgo(days: number): string {
  return new Date(todayMs - days * DAY_MS).toISOString().slice(0, 10)
}

/**
 * An instant on the day so many days before today, in the working hours of Shanghai, as ISO 8601 in UTC.
 * @param minuteOfDay minutes since midnight in Shanghai
 */
export function instantAgo(days: number, minuteOfDay: number): string {
  const shanghaiMs = todayMs - days * DAY_MS + minuteOfDay * 60_000
  return new Date(shanghaiMs - 8 * 3_600_000).toISOString()
}

/** Is the day a Saturday or Sunday? */
export function isWeekend(daysAgo: number): boolean {
  return [0, 6].includes(new Date(todayMs - daysAgo * DAY_MS).getUTCDay())
}

/** The same day, or the Friday before it when it falls on a weekend. */
export function workdayAgo(daysAgo: number): number {
  let day = daysAgo
  while (isWeekend(day)) day += 1
  return day
}
