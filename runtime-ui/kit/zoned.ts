/** A clock's reading in some zone. */
export interface WallClock {
  /** yyyy-mm-dd */
  readonly date: string
  /** hh:mm:ss */
  readonly time: string
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
    formatters.set(zone, formatter)
  }
  return formatter
}

/** What the clock of a zone shows at an instant. Swedish writes dates as ISO does. */
export function wallClockOf(instant: string | Date, zone: string): WallClock {
  const [date = '', time = ''] = formatterOf(zone).format(new Date(instant)).split(' ')
  return { date, time }
}

/** The day that it is in a zone, yyyy-mm-dd. */
export const today = (zone: string, now = new Date()): string => wallClockOf(now, zone).date

/**
 * The instant at which the clock of a zone shows a reading, as the API writes instants. In the hour that a
 * change of clocks skips, the hour after it; in the hour that it repeats, the first one.
 */
export function instantOf(clock: WallClock, zone: string): string {
  const wanted = Date.parse(`${clock.date}T${clock.time}Z`)
  const offsetAt = (at: number): number => {
    const shown = wallClockOf(new Date(at), zone)
    return Date.parse(`${shown.date}T${shown.time}Z`) - at
  }
  const before = wanted - offsetAt(wanted - 86_400_000)
  const after = wanted - offsetAt(wanted + 86_400_000)
  const exact = [before, after].find((candidate) => candidate + offsetAt(candidate) === wanted)
  return new Date(exact ?? before).toISOString()
}
