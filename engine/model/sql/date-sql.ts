import { parseDuration } from '../../../metadata/rules/durations.ts'
import type { TypedLiteral, TypedRule } from '../../../metadata/rules/types.ts'
import { dayOf } from './day-sql.ts'
import {
  type Fragment,
  isNull,
  isPlain,
  ONCE,
  type OperatorSql,
  once,
  type SqlWriter,
  withKnown,
} from './fragment.ts'

/** `days_since`, `today`, `now`, `date_add`. */
export const dateSql: Readonly<Record<string, OperatorSql>> = {
  today: (_args, writer) => ({ sql: writer.target.today(), sqlType: 'date', notNull: true }),
  now: (_args, writer) => ({ sql: writer.target.now(), sqlType: 'timestamptz', notNull: true }),
  days_since: ([part], writer) => {
    if (isNull(part)) return nothing('integer')
    const { sql, notNull } = writer.value(part!)
    const day = part!.type === 'datetime' ? dayOf(sql, writer) : sql
    return { sql: `(${writer.target.today()} - ${day})`, sqlType: 'integer', notNull }
  },
  date_add: ([start, duration], writer) => {
    // A statement must not hold a parameter that it does not use: nothing is written for nothing.
    if (isNull(duration)) return nothing(start!.type === 'date' ? 'date' : 'timestamptz')
    const shift = start!.type === 'date' ? shiftDay : shiftInstant
    if (isPlain(duration!)) return shift(start!, duration!, writer)
    const length = writer.value(duration!)
    const fragment = shift(start!, duration!, withKnown(writer, duration!, { ...length, sql: ONCE }))
    return { ...fragment, sql: once(length.sql, fragment.sql) }
  },
}

function nothing(sqlType: string): Fragment {
  return { sql: `NULL::${sqlType}`, sqlType, notNull: false }
}

/** How far to go: by the calendar first, then by the clock. */
interface Shift {
  /** An interval of months and days; undefined for none. */
  readonly calendar: string | undefined
  /** An interval of hours, minutes and seconds; undefined for none. */
  readonly clock: string | undefined
  /** A condition without which the sum would leave what PostgreSQL can hold; else it is null. */
  readonly guard: string | undefined
}

function literalShift(duration: TypedLiteral, writer: SqlWriter, withClock: boolean): Shift {
  const { months, days, ms } = parseDuration(String(duration.value)) ?? { months: 0, days: 0, ms: 0 }
  const { target } = writer
  return {
    calendar: months || days ? target.parameter(`${months} mons ${days} days`, 'interval') : undefined,
    clock: withClock && ms ? target.parameter(`${ms / 1000} secs`, 'interval') : undefined,
    guard: undefined,
  }
}

function computedShift(duration: TypedRule, writer: SqlWriter): Shift {
  const { sql } = writer.value(duration)
  const calendar = `date_trunc('day', ${sql})`
  return {
    calendar,
    clock: `(${sql} - ${calendar})`,
    guard: `${sql} BETWEEN interval '-200 years' AND interval '200 years'`,
  }
}

function shiftOf(duration: TypedRule, writer: SqlWriter, withClock: boolean): Shift {
  if (duration.kind === 'literal') return literalShift(duration, writer, withClock)
  return computedShift(duration, writer)
}

function shiftDay(start: TypedRule, duration: TypedRule, writer: SqlWriter): Fragment {
  const from = writer.value(start)
  const { calendar, guard } = shiftOf(duration, writer, false)
  const sum = calendar === undefined ? from.sql : `(${from.sql} + ${calendar})::date`
  return guarded(sum, 'date', guard, from)
}

function shiftInstant(start: TypedRule, duration: TypedRule, writer: SqlWriter): Fragment {
  const from = writer.value(start)
  const { calendar, clock, guard } = shiftOf(duration, writer, true)
  const zone = calendar === undefined ? '' : writer.target.timeZone()
  const local = `(${from.sql} AT TIME ZONE ${zone}) + ${calendar}`
  const moved = calendar === undefined ? from.sql : `(${local}) AT TIME ZONE ${zone}`
  return guarded(clock === undefined ? `(${moved})` : `((${moved}) + ${clock})`, 'timestamptz', guard, from)
}

function guarded(sum: string, sqlType: string, guard: string | undefined, from: Fragment): Fragment {
  if (guard === undefined) return { sql: sum, sqlType, notNull: from.notNull }
  return { sql: `CASE WHEN ${guard} THEN ${sum} END`, sqlType, notNull: false }
}
