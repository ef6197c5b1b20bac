import type { TypedRule } from '../../../metadata/rules/types.ts'
import { type Fragment, isPlain, loose, type SqlWriter, strict } from './fragment.ts'

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='

/** The comparison that says the same with its sides exchanged. */
export const FLIPPED: { readonly [C in Comparison]: Comparison } = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}

/** Whether an instant is compared with a day, which is by the instant's day in the workspace's time zone. */
export function isDayComparison(left: TypedRule, right: TypedRule): boolean {
  return (
    (left.type === 'datetime' && right.type === 'date') || (left.type === 'date' && right.type === 'datetime')
  )
}

/** The day of an instant in the workspace's time zone. */
export function dayOf(instant: string, writer: SqlWriter): string {
  return `(${instant} AT TIME ZONE ${writer.target.timeZone()})::date`
}

/**
 * Compares an instant with a day. Against a day that is never null the instant stays bare, between the starts of
 * that day and the next, so that its index is used.
 */
export function compareDay(
  comparison: Comparison,
  left: TypedRule,
  right: TypedRule,
  writer: SqlWriter,
): Fragment {
  if (left.type === 'date') return compareDay(FLIPPED[comparison], right, left, writer)
  const instant = writer.value(left)
  const day = writer.value(right)
  const hasIndex = day.notNull && isPlain(left) && (isPlain(right) || isShiftedDay(right))
  if (!hasIndex) return compareByDate(comparison, dayOf(instant.sql, writer), day.sql)
  const zone = writer.target.timeZone()
  const start = `(${day.sql}::timestamp AT TIME ZONE ${zone})`
  const next = `((${day.sql} + 1)::timestamp AT TIME ZONE ${zone})`
  return RANGES[comparison](instant.sql, start, next)
}

/** A date moved by a literal duration: short enough to be written twice. */
function isShiftedDay(part: TypedRule): boolean {
  return part.kind === 'call' && part.arguments.every(isPlain)
}

const RANGES: { readonly [C in Comparison]: (instant: string, start: string, next: string) => Fragment } = {
  '==': (instant, start, next) => loose(`(${instant} >= ${start} AND ${instant} < ${next})`),
  '!=': (instant, start, next) => strict(`(${instant} >= ${start} AND ${instant} < ${next}) IS NOT TRUE`),
  '<': (instant, start) => loose(`${instant} < ${start}`),
  '<=': (instant, _start, next) => loose(`${instant} < ${next}`),
  '>': (instant, _start, next) => loose(`${instant} >= ${next}`),
  '>=': (instant, start) => loose(`${instant} >= ${start}`),
}

function compareByDate(comparison: Comparison, left: string, right: string): Fragment {
  if (comparison === '==') return strict(`${left} IS NOT DISTINCT FROM ${right}`)
  if (comparison === '!=') return strict(`${left} IS DISTINCT FROM ${right}`)
  return loose(`${left} ${comparison} ${right}`)
}
