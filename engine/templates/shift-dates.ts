import { DateTime } from 'luxon'
import type { CompiledField } from '../model/compiled.ts'

const DAY_MS = 86_400_000

/** Today in a time zone, as 2026-03-02. */
export function todayIn(timeZone: string, now: Date): string {
  return DateTime.fromJSDate(now, { zone: timeZone }).toISODate() ?? now.toISOString().slice(0, 10)
}

/** Whole days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
}

/** Moves dates and instants by whole days and leaves all other values as they are. */
export function shiftDates(days: number): (field: CompiledField, value: unknown) => unknown {
  return (field, value) => {
    if (days === 0 || typeof value !== 'string') return value
    const { ruleType } = field
    if (ruleType !== 'date' && ruleType !== 'datetime') return value
    const moved = new Date(Date.parse(value) + days * DAY_MS).toISOString()
    return ruleType === 'date' ? moved.slice(0, 10) : moved
  }
}
