import type { ReportDefinition, ReportMeasure } from './types.ts'

/** What a report looks like: told by what it says, not by a word of its own. */
export type ReportShape = 'list' | 'number' | 'summary' | 'matrix' | 'funnel'
export type ChartType = NonNullable<ReportDefinition['chart']>['type']

export function shapeOf({ list, funnel, rows, columns }: ReportDefinition): ReportShape {
  if (list !== undefined) return 'list'
  if (funnel !== undefined) return 'funnel'
  if (columns !== undefined) return 'matrix'
  return rows === undefined ? 'number' : 'summary'
}

/** The charts that show a shape, the one that is drawn where nothing is said first. */
export const CHARTS: Readonly<Record<ReportShape, readonly [ChartType, ...ChartType[]]>> = {
  list: ['table'],
  number: ['number', 'table'],
  summary: ['bar', 'line', 'pie', 'table'],
  matrix: ['table', 'bar', 'line'],
  funnel: ['funnel', 'bar', 'table'],
}

export function measuresOf({
  measures,
  list,
}: Pick<ReportDefinition, 'measures' | 'list'>): readonly ReportMeasure[] {
  return measures ?? (list === undefined ? [{ fn: 'count' }] : [])
}

/** How sort, having and charts call a figure. */
export function measureName({ name, fn, field, value }: ReportMeasure): string {
  if (name !== undefined) return name
  if (field !== undefined) return `${fn}_${field.replaceAll('.', '_')}`
  return value === undefined ? fn : `${fn}_value`
}
