/** The units in which a length of time is asked for, from the shortest. */
export const DURATION_UNITS = ['minutes', 'hours', 'days', 'weeks', 'months'] as const
export type DurationUnit = (typeof DURATION_UNITS)[number]

/**
 * The units that a property takes.
 * @param pattern of its texts
 */
export function unitsOf(pattern: string | undefined): readonly DurationUnit[] {
  const taken = new RegExp(pattern ?? '', 'u')
  return DURATION_UNITS.filter((unit) => taken.test(durationText(1, unit)))
}

const SINGLE = /^P(?:(?<date>\d{1,4})(?<dateUnit>[MWD])|T(?<time>\d{1,4})(?<timeUnit>[HM]))$/
const OF_DATE: Readonly<Record<string, DurationUnit>> = { D: 'days', W: 'weeks', M: 'months' }
const OF_TIME: Readonly<Record<string, DurationUnit>> = { H: 'hours', M: 'minutes' }

/** An ISO 8601 duration of one unit; undefined where it has several, others, or is none. */
export function inOneUnit(text: string): { readonly count: number; readonly unit: DurationUnit } | undefined {
  const { date, dateUnit, time, timeUnit } = SINGLE.exec(text)?.groups ?? {}
  if (date !== undefined) return { count: Number(date), unit: OF_DATE[dateUnit!]! }
  return time === undefined ? undefined : { count: Number(time), unit: OF_TIME[timeUnit!]! }
}

const LETTERS: Readonly<Record<DurationUnit, readonly [string, string]>> = {
  minutes: ['PT', 'M'],
  hours: ['PT', 'H'],
  days: ['P', 'D'],
  weeks: ['P', 'W'],
  months: ['P', 'M'],
}

/** The ISO 8601 form of so many of a unit. */
export const durationText = (count: number, unit: DurationUnit): string => LETTERS[unit].join(String(count))
