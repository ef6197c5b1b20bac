import { request, send, withQuery } from './client.ts'
import { problemOf } from './problem.ts'

export type Shape = 'list' | 'number' | 'summary' | 'matrix' | 'funnel'
export type ChartType = 'bar' | 'line' | 'pie' | 'funnel' | 'number' | 'table'
export type FigureFormat = 'number' | 'money' | 'percent' | 'hours' | 'days' | 'value'

export interface Chart {
  readonly type: ChartType
  readonly stacked?: boolean
  readonly measure?: string
}

export interface ReportSummary {
  readonly name: string
  readonly label: string
  readonly entity: string
  readonly entityLabel: string
  readonly shape: Shape
  readonly belongsTo: { readonly user?: string; readonly team?: string } | null
}

export interface DashboardSummary {
  readonly name: string
  readonly label: string
  readonly tiles: number
  readonly belongsTo: ReportSummary['belongsTo']
}

export interface Figure {
  readonly name: string
  readonly label: string
  readonly fn: string
  readonly format: FigureFormat
}

export interface KeyCell {
  readonly value: unknown
  readonly label: string
  readonly color?: string
}

/** Figures with the filter of their records; without one they are all. */
export interface Cell {
  readonly values: Readonly<Record<string, number | string | null>>
  readonly filter?: unknown
  readonly filters?: Readonly<Record<string, unknown>>
}

export interface Row extends Cell {
  readonly keys: readonly KeyCell[]
  readonly cells?: readonly (Cell | null)[]
}

export interface Group {
  readonly path: string
  readonly label: string
  readonly bucket: string | null
}

export interface PeriodSaid {
  readonly field: string
  readonly label: string
  readonly name: string | null
  readonly from: string | null
  readonly to: string | null
}

export interface Report {
  readonly name: string
  readonly label: string
  readonly entity: string
  readonly shape: Shape
  readonly chart: Chart
  readonly rowGroups: readonly Group[]
  readonly columnGroups: readonly Group[]
  readonly figures: readonly Figure[]
  /** Fields by which whoever looks narrows the figures. */
  readonly parameters: readonly { readonly path: string; readonly label: string }[]
  readonly filter: unknown
  readonly period: PeriodSaid | null
  readonly trend: boolean
  readonly belongsTo: ReportSummary['belongsTo']
}

export interface ReportAnswer extends Report {
  readonly asOf: string
  readonly rowCount: number
  readonly truncated: boolean
  readonly rows?: readonly Row[]
  readonly columns?: readonly Row[]
  readonly subtotals?: readonly Row[]
  readonly total?: Cell
  /** Every span of time that the rows go over; null where they stand for something else. */
  readonly axis?: readonly (KeyCell & { readonly filter: unknown })[] | null
  readonly before?: Cell & { readonly from: string; readonly to: string }
  readonly fields?: readonly { readonly path: string; readonly label: string }[]
  readonly records?: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[]
}

export interface Tile {
  readonly name: string
  readonly label: string
  readonly report: string | null
  readonly entity: string | null
  readonly parameters: readonly string[]
  readonly chart: Chart | null
  readonly trend: boolean
  readonly text: string | null
  readonly width: number
  readonly height: number
}

export interface Dashboard {
  readonly name: string
  readonly label: string
  readonly period: string | null
  readonly tiles: readonly Tile[]
}

export interface TrendPoint {
  readonly at: string
  readonly values: Cell['values']
}

/** A time by its name, or `2026-01-01..2026-03-31`; undefined: the report's own. */
export interface ReportQuestion {
  readonly period?: string
  /** Values by parameter. */
  readonly where?: Where
}

export type Where = Readonly<Record<string, readonly unknown[]>>

const at = (name: string): string => `/api/reports/${encodeURIComponent(name)}`
const dataOf = async <T>(answer: Promise<{ readonly data: T }>): Promise<T> => (await answer).data

export const listReports = () => dataOf(request<{ data: readonly ReportSummary[] }>('/api/reports'))
export const listDashboards = () => dataOf(request<{ data: readonly DashboardSummary[] }>('/api/dashboards'))
export const getDashboard = (name: string) =>
  dataOf(request<{ data: Dashboard }>(`/api/dashboards/${encodeURIComponent(name)}`))

export const runReport = (name: string, question: ReportQuestion, signal?: AbortSignal) =>
  dataOf(
    request<{ data: ReportAnswer }>(`${at(name)}/run`, {
      method: 'POST',
      body: question,
      ...(signal === undefined ? {} : { signal }),
    }),
  )

/** A report that is not saved, as it is written. */
export const previewReport = (definition: object, signal?: AbortSignal) =>
  dataOf(
    request<{ data: ReportAnswer }>('/api/reports', {
      method: 'POST',
      body: { definition },
      ...(signal === undefined ? {} : { signal }),
    }),
  )

export const trendOf = (name: string) => dataOf(request<{ data: readonly TrendPoint[] }>(`${at(name)}/trend`))

/** Another token whenever a record may have changed. */
export const changeToken = async (): Promise<string> =>
  (await dataOf(request<{ data: { token: string } }>('/api/changes'))).token

/**
 * Lets the browser save a report as a file.
 * @throws ApiProblem where the server refuses
 */
export async function saveReport(
  name: string,
  format: 'csv' | 'xlsx',
  { period, where }: ReportQuestion,
): Promise<void> {
  const narrowed = where === undefined ? undefined : JSON.stringify(where)
  const address = withQuery(`${at(name)}/export`, {
    format,
    period,
    where: narrowed,
    ...(format === 'csv' ? { bom: 1 } : {}),
  })
  const response = await send(address, {})
  if (!response.ok) throw await problemOf(response)
  const place = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = place
  link.download =
    /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? `${name}.${format}`
  link.click()
  setTimeout(() => URL.revokeObjectURL(place), 60_000)
}

/** Keeps a report, as it is narrowed, as one's own. @returns its name */
export async function keepReport(name: string, label: string, question: ReportQuestion): Promise<string> {
  const body = { label, ...question }
  const answer = request<{ data: { name: string } }>(`${at(name)}/keep`, { method: 'POST', body })
  return (await dataOf(answer)).name
}

const contentAt = (name: string): string => `/api/meta/content/report/${encodeURIComponent(name)}`

/** Makes one's own report everybody's, by right. */
export const promoteReport = (name: string) => request(`${contentAt(name)}/promote`, { method: 'POST' })
export const removeReport = (name: string) => request(contentAt(name), { method: 'DELETE' })
