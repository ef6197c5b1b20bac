import { parseDuration } from '../../../metadata/rules/durations.ts'
import type { TypedRule } from '../../../metadata/rules/types.ts'
import { dayOf } from './day-sql.ts'
import { type Fragment, isNull, type OperatorSql, type SqlWriter } from './fragment.ts'

/** `days_since`, `today`, `now`, `date_add`. */
export const dateSql: Readonly<Record<string, OperatorSql>> = {
  today: (_args, writer) => ({ sql: writer.target.today(), sqlType: 'date', notNull: true }),
  now: (_args, writer) => ({ sql: writer.target.now(), sqlType: 'timestamptz', notNull: true }),
  days_since: ([part], writer) => {
    if (isNull(part)) return { sql: 'NULL::integer', sqlType: 'integer', notNull: false }
    const { sql, notNull } = writer.value(part!)
    const day = part!.type === 'datetime' ? dayOf(sql, writer) : sql
    return { sql: `(${writer.target.today()} - ${day})`, sqlType: 'integer', notNull }
  },
  date_add: ([start, duration], writer) => {
    const from = writer.value(start!)
    if (isNull(duration)) return { sql: `NULL::${from.sqlType}`, sqlType: from.sqlType, notNull: false }
    const shift =
      duration!.kind === 'literal' ? literalShift(duration!, writer) : computedShift(duration!, writer)
    return start!.type === 'date' ? shiftDay(from, shift) : shiftInstant(from, shift, writer)
  },
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

function literalShift(duration: TypedRule, writer: SqlWriter): Shift {
  const text = duration.kind === 'literal' ? String(duration.value) : ''
  const { months, days, ms } = parseDuration(text) ?? { months: 0, days: 0, ms: 0 }
  const { target } = writer
  return {
    calendar: months || days ? target.parameter(`${months} mons ${days} days`, 'interval') : undefined,
    clock: ms ? target.parameter(`${ms / 1000} secs`, 'interval') : undefined,
    guard: undefined,
  }
}

function computedShift(duration: TypedRule, writer: SqlWriter): Shift {
  const { sql } = writer.value(duration)
  const calendar = `date_trunc('day', ${sql})`
  return {
    calendar,
    clock: `(${sql} - ${calendar})`,
    guard: `${sql} BETWEEN interval '-1000 years' AND interval '1000 years'`,
  }
}

function shiftDay(from: Fragment, { calendar, guard }: Shift): Fragment {
  const sum = calendar === undefined ? from.sql : `(${from.sql} + ${calendar})::date`
  return guarded(sum, 'date', guard, from)
}

function shiftInstant(from: Fragment, { calendar, clock, guard }: Shift, writer: SqlWriter): Fragment {
  const zone = writer.target.timeZone()
  const moved =
    calendar === undefined
      ? from.sql
      : `((${from.sql} AT TIME ZONE ${zone}) + ${calendar}) AT TIME ZONE ${zone}`
  const sum = clock === undefined ? `(${moved})` : `((${moved}) + ${clock})`
  return guarded(sum, 'timestamptz', guard, from)
}

function guarded(sum: string, sqlType: string, guard: string | undefined, from: Fragment): Fragment {
  if (guard === undefined) return { sql: sum, sqlType, notNull: from.notNull }
  return { sql: `CASE WHEN ${guard} THEN ${sum} END`, sqlType, notNull: false }
}
