/** Local time and instants in a named time zone, resolved as PostgreSQL resolves them. */

const DAY_MS = 86_400_000
/** Clocks change at quarters of an hour. */
const STEP_MS = 900_000
const MAX_KEPT = 20_000

interface Zone {
  readonly format: Intl.DateTimeFormat
  readonly offsets: Map<number, number>
}

const zones = new Map<string, Zone>()

function zoneOf(name: string): Zone {
  let zone = zones.get(name)
  if (zone === undefined) {
    const format = new Intl.DateTimeFormat('en-US-u-ca-gregory', {
      timeZone: name,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    zone = { format, offsets: new Map() }
    if (zones.size > 1000) zones.clear()
    zones.set(name, zone)
  }
  return zone
}

/** What the zone's clocks show ahead of UTC at an instant, in milliseconds. */
function offsetAt(zone: Zone, instant: number): number {
  const step = Math.floor(instant / STEP_MS)
  const known = zone.offsets.get(step)
  if (known !== undefined) return known
  const start = step * STEP_MS
  const shown: Record<string, string> = {}
  for (const { type, value } of zone.format.formatToParts(start)) shown[type] = value
  const year = shown.era?.startsWith('B') === true ? 1 - Number(shown.year) : Number(shown.year)
  const clock = new Date(0)
  clock.setUTCFullYear(year, Number(shown.month) - 1, Number(shown.day))
  clock.setUTCHours(Number(shown.hour), Number(shown.minute), Number(shown.second))
  const offset = clock.getTime() - start
  if (zone.offsets.size >= MAX_KEPT) zone.offsets.clear()
  zone.offsets.set(step, offset)
  return offset
}

/** What the clocks of the zone show at an instant, as milliseconds of a clock without zone. */
export function localTime(instant: number, timeZone: string): number {
  return instant + offsetAt(zoneOf(timeZone), instant)
}

/**
 * The instant at which the clocks of the zone show a time. A time that they skip is read by the clock before the
 * change, one that they show twice is the later: PostgreSQL's DetermineTimeZoneOffset.
 */
export function instantOf(local: number, timeZone: string): number {
  const zone = zoneOf(timeZone)
  const before = local - offsetAt(zone, local - DAY_MS)
  const after = local - offsetAt(zone, local + DAY_MS)
  if (before === after) return before
  const beforeHolds = before + offsetAt(zone, before) === local
  const afterHolds = after + offsetAt(zone, after) === local
  if (beforeHolds && afterHolds) return Math.max(before, after)
  if (afterHolds) return after
  return before
}

/** The day of an instant in a zone, as days since 1970-01-01. */
export function localDay(instant: number, timeZone: string): number {
  return Math.floor(localTime(instant, timeZone) / DAY_MS)
}
