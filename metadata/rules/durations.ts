/** A duration in its three parts, which do not convert into each other: a month has no fixed number of days. */
export interface DurationParts {
  readonly months: number
  readonly days: number
  readonly ms: number
}

const DURATION =
  /^(-)?P(?!$)(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,7})D)?(?:T(?!$)(?:(\d{1,8})H)?(?:(\d{1,9})M)?(?:(\d{1,10}(?:\.\d{1,3})?)S)?)?$/

const DAY_MS = 86_400_000
/**
 * Some two hundred years. PostgreSQL's dates begin in 4713 BC, and the deepest rule may move a day of the year 1 back
 * nineteen times.
 */
export const MAX_DURATION_DAYS = 74_400

/** Reads an ISO 8601 duration (P1Y2M3W4DT5H6M7.5S, or -P7D); undefined when it is none or over two hundred years. */
export function parseDuration(text: string): DurationParts | undefined {
  const match = DURATION.exec(text)
  if (match === null) return undefined
  const [, sign, years, months, weeks, days, hours, minutes, seconds] = match
  const factor = sign === undefined ? 1 : -1
  const part = (digits: string | undefined) => factor * Number(digits ?? 0)
  const parts = {
    months: part(years) * 12 + part(months) + 0,
    days: part(weeks) * 7 + part(days) + 0,
    ms: part(hours) * 3_600_000 + part(minutes) * 60_000 + Math.round(part(seconds) * 1000) + 0,
  }
  const roughDays = Math.abs(parts.months) * 31 + Math.abs(parts.days) + Math.abs(parts.ms) / DAY_MS
  return roughDays > MAX_DURATION_DAYS ? undefined : parts
}
