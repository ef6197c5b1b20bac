import type { RequestContext } from '../records/context.ts'
import { todayOf } from '../records/parameters.ts'
import { allOf, groupRule } from './drill.ts'
import { bucketText, type KeyCell } from './labels.ts'
import type { ParsedReport } from './parse-report.ts'
import { bucketsBetween } from './period.ts'
import type { ReportRow } from './report-answer.ts'

/** Spans of time on one axis at most; of more nobody sees the gaps. */
const MOST_SPANS = 400

/** A span of time, with the filter that finds its records. */
export interface AxisSpan extends KeyCell {
  readonly filter: unknown
}

/**
 * Every span of time that rows in spans of time go over, those without records too: from the first row to the last, or over
 * the period as far as it has come. Null where rows stand for something else, or some are left out by their figures.
 */
export function timeAxis(
  context: RequestContext,
  report: ParsedReport,
  rows: readonly ReportRow[],
): readonly AxisSpan[] | null {
  const [group, ...more] = report.rows
  const { having, period } = report.definition
  if (group?.bucket === undefined || more.length > 0 || having !== undefined) return null
  const { settings } = context.model
  const { bucket } = group
  const spans = rows.flatMap(({ keys }) => (keys[0]?.value == null ? [] : [String(keys[0].value)])).sort()
  const range = period?.field === group.path ? report.period?.range : undefined
  const [first, last] = [range?.from ?? spans[0], spans.at(-1)]
  const end = range === undefined ? last : laterOf(last, earlierOf(todayOf(context), dayBefore(range.to)))
  if (first === undefined || end === undefined) return null
  const days = bucketsBetween(bucket, first, end, settings, MOST_SPANS)
  return days.map((value) => ({
    ...{ value, label: bucketText(bucket, value, context.actor.language) },
    filter: allOf([report.filter, groupRule(group, value, settings)]),
  }))
}

function laterOf(one: string | undefined, other: string): string {
  return one === undefined || one < other ? other : one
}

function earlierOf(one: string, other: string): string {
  return one < other ? one : other
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}
