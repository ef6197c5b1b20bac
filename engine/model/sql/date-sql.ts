import { parseDuration } from '../../../metadata/rules/durations.ts'
import type { TypedLiteral, TypedRule } from '../../../metadata/rules/types.ts'
import { quotient } from './arithmetic-sql.ts'
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
export const dateSql = {
  today: (_args, writer) => ({ sql: writer.target.today(), sqlType: 'date', notNull: true }),
  now: (_args, writer) => ({ sql: writer.target.now(), sqlType: 'timestamptz', notNull: true }),
  days_since: ([part], writer) => {
    if (isNull(part)) return nothing('integer')
    const { sql, notNull } = writer.value(part!)
    const day = part!.type === 'datetime' ? dayOf(sql, writer) : sql
    return { sql: `(${writer.target.today()} - ${day})`, sqlType: 'integer', notNull }
  },
  date_add: (args, writer) => moved(args, writer, 1),
  date_sub: (args, writer) => moved(args, writer, -1),
  days_between: ([from, to], writer) => {
    if (isNull(from) || isNull(to)) return nothing('integer')
    const [start, end] = [dayValue(from!, writer), dayValue(to!, writer)]
    return { sql: `(${end.sql} - ${start.sql})`, sqlType: 'integer', notNull: start.notNull && end.notNull }
  },
  hours_between: ([from, to], writer) => {
    if (isNull(from) || isNull(to)) return nothing('numeric')
    const [start, end] = [writer.value(from!), writer.value(to!)]
    const seconds = `EXTRACT(epoch FROM ${end.sql} - ${start.sql})`
    return { sql: quotient(seconds, '3600'), sqlType: 'numeric', notNull: start.notNull && end.notNull }
  },
} satisfies Readonly<Record<string, OperatorSql>>

/** A date, or the day of an instant in the workspace's time zone. */
export function dayValue(part: TypedRule, writer: SqlWriter): Fragment {
  const { sql, notNull } = writer.value(part)
  return { sql: part.type === 'datetime' ? dayOf(sql, writer) : sql, sqlType: 'date', notNull }
}

function moved([start, duration]: readonly TypedRule[], writer: SqlWriter, sign: 1 | -1): Fragment {
  // A statement must not hold a parameter that it does not use: nothing is written for nothing.
  if (isNull(start) || isNull(duration)) return nothing(start!.type === 'date' ? 'date' : 'timestamptz')
  const shift = start!.type === 'date' ? shiftDay : shiftInstant
  if (isPlain(duration!)) return shift(start!, duration!, writer, sign)
  const length = writer.value(duration!)
  const fragment = shift(start!, duration!, withKnown(writer, duration!, { ...length, sql: ONCE }), sign)
  return { ...fragment, sql: once(length.sql, fragment.sql) }
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

function literalShift(duration: TypedLiteral, writer: SqlWriter, withClock: boolean, sign: 1 | -1): Shift {
  const parts = parseDuration(String(duration.value)) ?? { months: 0, days: 0, ms: 0 }
  const [months, days, ms] = [sign * parts.months + 0, sign * parts.days + 0, sign * parts.ms + 0]
  const { target } = writer
  return {
    calendar: months || days ? target.parameter(`${months} mons ${days} days`, 'interval') : undefined,
    clock: withClock && ms ? target.parameter(`${ms / 1000} secs`, 'interval') : undefined,
    guard: undefined,
  }
}

function computedShift(duration: TypedRule, writer: SqlWriter, sign: 1 | -1): Shift {
  const { sql: length } = writer.value(duration)
  const sql = sign === 1 ? length : `(- ${length})`
  const calendar = `date_trunc('day', ${sql})`
  return {
    calendar,
    clock: `(${sql} - ${calendar})`,
    guard: `${sql} BETWEEN interval '-200 years' AND interval '200 years'`,
  }
}

function shiftOf(duration: TypedRule, writer: SqlWriter, withClock: boolean, sign: 1 | -1): Shift {
  if (duration.kind === 'literal') return literalShift(duration, writer, withClock, sign)
  return computedShift(duration, writer, sign)
}

function shiftDay(start: TypedRule, duration: TypedRule, writer: SqlWriter, sign: 1 | -1): Fragment {
  const from = writer.value(start)
  const { calendar, guard } = shiftOf(duration, writer, false, sign)
  const sum = calendar === undefined ? from.sql : `(${from.sql} + ${calendar})::date`
  return guarded(sum, 'date', guard, from)
}

function shiftInstant(start: TypedRule, duration: TypedRule, writer: SqlWriter, sign: 1 | -1): Fragment {
  const from = writer.value(start)
  const { calendar, clock, guard } = shiftOf(duration, writer, true, sign)
  const zone = calendar === undefined ? '' : writer.target.timeZone()
  const local = `(${from.sql} AT TIME ZONE ${zone}) + ${calendar}`
  const moved = calendar === undefined ? from.sql : `(${local}) AT TIME ZONE ${zone}`
  return guarded(clock === undefined ? `(${moved})` : `((${moved}) + ${clock})`, 'timestamptz', guard, from)
}

function guarded(sum: string, sqlType: string, guard: string | undefined, from: Fragment): Fragment {
  if (guard === undefined) return { sql: sum, sqlType, notNull: from.notNull }
  return { sql: `CASE WHEN ${guard} THEN ${sum} END`, sqlType, notNull: false }
}
