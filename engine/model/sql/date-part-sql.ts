import type { TypedRule } from '../../../metadata/rules/types.ts'
import { dayValue } from './date-sql.ts'
import { type Fragment, isNull, type OperatorSql, type SqlWriter } from './fragment.ts'

/** The parts of dates and instants, and the first and last days of the periods in which they lie. */
export const datePartSql = {
  year: (args, writer) => part('year', args, writer),
  quarter: (args, writer) => part('quarter', args, writer),
  month: (args, writer) => part('month', args, writer),
  week: (args, writer) => part('week', args, writer),
  day: (args, writer) => part('day', args, writer),
  weekday: (args, writer) => part('isodow', args, writer),
  hour: (args, writer) => clock('hour', args, writer),
  minute: (args, writer) => clock('minute', args, writer),
  start_of: ([value, period], writer) => bound(value!, (day) => truncated(day, wordOf(period)), writer),
  end_of: ([value, period], writer) =>
    bound(
      value!,
      (day) => `${truncated(day, wordOf(period))} + ${LENGTHS[wordOf(period)]} - interval '1 day'`,
      writer,
    ),
} satisfies Readonly<Record<string, OperatorSql>>

const LENGTHS: Readonly<Record<string, string>> = {
  day: "interval '1 day'",
  week: "interval '7 days'",
  month: "interval '1 month'",
  quarter: "interval '3 months'",
  year: "interval '1 year'",
}

function wordOf(period: TypedRule | undefined): string {
  const word = period?.kind === 'literal' ? String(period.value) : ''
  if (!Object.hasOwn(LENGTHS, word)) throw new Error(`"${word}" is no period`)
  return word
}

function truncated(day: string, period: string): string {
  return `date_trunc('${period}', ${day}::timestamp)`
}

function part(name: string, [value]: readonly TypedRule[], writer: SqlWriter): Fragment {
  if (isNull(value)) return { sql: 'NULL::numeric', sqlType: 'numeric', notNull: false }
  const { sql, notNull } = dayValue(value!, writer)
  return { sql: `EXTRACT(${name} FROM ${sql})`, sqlType: 'numeric', notNull }
}

function clock(name: 'hour' | 'minute', [value]: readonly TypedRule[], writer: SqlWriter): Fragment {
  if (isNull(value)) return { sql: 'NULL::numeric', sqlType: 'numeric', notNull: false }
  const { sql, notNull } = writer.value(value!)
  const local = `${sql} AT TIME ZONE ${writer.target.timeZone()}`
  return { sql: `EXTRACT(${name} FROM ${local})`, sqlType: 'numeric', notNull }
}

function bound(value: TypedRule, of: (day: string) => string, writer: SqlWriter): Fragment {
  if (isNull(value)) return { sql: 'NULL::date', sqlType: 'date', notNull: false }
  const { sql, notNull } = dayValue(value, writer)
  return { sql: `(${of(sql)})::date`, sqlType: 'date', notNull }
}
