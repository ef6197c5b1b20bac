/** A duration in the units in which people type it. */
export interface DurationParts {
  readonly days: number
  readonly hours: number
  readonly minutes: number
}

const SIMPLE = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/

/** Days, hours and minutes of an ISO 8601 duration; undefined when it has other units (years, weeks, seconds). */
export function durationParts(value: string): DurationParts | undefined {
  const match = SIMPLE.exec(value)
  if (match === null) return undefined
  return { days: Number(match[1] ?? 0), hours: Number(match[2] ?? 0), minutes: Number(match[3] ?? 0) }
}

/** The ISO 8601 form; undefined for nothing at all. */
export function durationOf({ days, hours, minutes }: DurationParts): string | undefined {
  const time = `${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}`
  const text = `${days > 0 ? `${days}D` : ''}${time === '' ? '' : `T${time}`}`
  return text === '' ? undefined : `P${text}`
}
