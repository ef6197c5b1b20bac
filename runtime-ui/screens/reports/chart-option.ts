import type { EChartsCoreOption } from 'echarts/core'
import type { Cell, Chart, Figure, KeyCell, ReportAnswer } from '../../api/reports.ts'
import { type FigureWords, figureText, shortText } from './figure-text.ts'

/** Colours of the page as it is now, light or dark. */
export interface ChartLook {
  readonly ink: string
  readonly ink3: string
  readonly line: string
  readonly sheet: string
  readonly tip: string
  readonly onTip: string
  /** One hue for what has an order or is alone. */
  readonly main: string
  /** One colour for each of several series. */
  readonly series: readonly string[]
  readonly font: string
  readonly isStill: boolean
}

/** What a mark of the chart leads to. */
export interface ChartPoint {
  readonly name: string
  readonly value: number | null
  readonly cell: Cell
}

export interface ChartSeries {
  readonly name: string
  readonly color: string | undefined
  readonly points: readonly ChartPoint[]
}

export interface ChartData {
  readonly figure: Figure
  readonly series: readonly ChartSeries[]
}

/** Series that are drawn; more would be told apart by nobody. */
const MOST_SERIES = 8

/** The figure of a chart in its series: one, or one for each column of a matrix. */
export function chartData(answer: ReportAnswer, chart: Chart): ChartData | undefined {
  const figure = answer.figures.find(({ name }) => name === chart.measure) ?? answer.figures[0]
  const { rows = [], columns = [] } = answer
  if (figure === undefined || rows.length === 0) return undefined
  const pointOf = (keys: readonly KeyCell[], cell: Cell | null): ChartPoint => ({
    name: keys.map(({ label }) => label).join(' · '),
    value: numberOf(cell?.values[figure.name]),
    cell: cell ?? { values: {} },
  })
  if (columns.length === 0) {
    return {
      figure,
      series: [{ name: figure.label, color: undefined, points: rows.map((row) => pointOf(row.keys, row)) }],
    }
  }
  const series = columns.map(
    (column, place): ChartSeries => ({
      name: column.keys[0]?.label ?? '',
      color: column.keys[0]?.color,
      points: rows.map((row) => pointOf(row.keys, row.cells?.[place] ?? null)),
    }),
  )
  const weight = ({ points }: ChartSeries) => points.reduce((sum, { value }) => sum + Math.abs(value ?? 0), 0)
  return {
    figure,
    series: [...series].sort((one, other) => weight(other) - weight(one)).slice(0, MOST_SERIES),
  }
}

function numberOf(value: unknown): number | null {
  const number = Number(value)
  return value === null || value === undefined || Number.isNaN(number) ? null : number
}

export function chartOption(
  { figure, series }: ChartData,
  chart: Chart,
  look: ChartLook,
  words: FigureWords,
): EChartsCoreOption {
  const shared = {
    animation: !look.isStill,
    animationDuration: 240,
    textStyle: { fontFamily: look.font, color: look.ink },
    tooltip: {
      // Drawn, not written into the page: its styles would be refused by the content security policy.
      renderMode: 'richText',
      trigger: chart.type === 'line' ? 'axis' : 'item',
      backgroundColor: look.tip,
      borderWidth: 0,
      textStyle: { color: look.onTip, fontFamily: look.font, fontSize: 12 },
      valueFormatter: (value: unknown) => figureText(value, figure.format, words),
    },
  }
  if (chart.type === 'pie') return { ...shared, series: [pieSeries(series[0]!.points, look, figure, words)] }
  return { ...shared, ...axesOf({ figure, series }, chart, look, words) }
}

/** Bars and lines over their axes. */
function axesOf({ figure, series }: ChartData, chart: Chart, look: ChartLook, words: FigureWords) {
  const text = axisText(look)
  const names = series[0]!.points.map(({ name }) => name)
  const isMany = series.length > 1
  // Names that do not fit under their bars lie beside them.
  const isLying =
    chart.type === 'bar' && !isMany && names.some((name) => name.length > 6) && names.length <= 12
  const category = {
    type: 'category',
    data: names,
    inverse: isLying,
    axisLine: { lineStyle: { color: look.line } },
    axisTick: { show: false },
    axisLabel: { ...text, hideOverlap: true, ...(isLying ? { width: 110, overflow: 'truncate' } : {}) },
  }
  const value = {
    type: 'value',
    splitNumber: 4,
    axisLabel: { ...text, formatter: (one: number) => shortText(one, figure.format, words) },
    splitLine: { lineStyle: { color: look.line } },
  }
  const legend = { bottom: 0, type: 'scroll', icon: 'roundRect', itemWidth: 10, itemHeight: 10 }
  const room = { left: 4, right: isLying ? 64 : 12, top: 12, bottom: isMany ? 30 : 4 }
  return {
    grid: { ...room, containLabel: true, outerBoundsMode: 'same' },
    ...(isMany ? { legend: { ...legend, textStyle: text, pageTextStyle: text } } : {}),
    xAxis: isLying ? { ...value, show: false } : category,
    yAxis: isLying ? { ...category, axisLine: { show: false } } : value,
    series: series.map((one, index) => ({
      ...markOf(chart, isMany ? look.series[index % look.series.length]! : look.main),
      name: one.name,
      data: one.points.map((point) => point.value),
      ...(isLying ? { label: besideBar(figure, look, words) } : {}),
    })),
  }
}

function axisText(look: ChartLook) {
  return { color: look.ink3, fontFamily: look.font, fontSize: 11 }
}

function markOf({ type, stacked = false }: Chart, color: string) {
  const shared = {
    itemStyle: { color, borderRadius: stacked ? 0 : 2 },
    ...(stacked ? { stack: 'all' } : {}),
  }
  if (type !== 'line') return { ...shared, type: 'bar', barMaxWidth: 28 }
  return {
    ...shared,
    type: 'line',
    symbol: 'circle',
    symbolSize: 6,
    lineStyle: { width: 2 },
    connectNulls: false,
  }
}

function besideBar(figure: Figure, look: ChartLook, words: FigureWords) {
  return {
    show: true,
    position: 'right',
    ...axisText(look),
    color: look.ink,
    formatter: ({ value: shown }: { value: number }) => shortText(shown, figure.format, words),
  }
}

function pieSeries(points: readonly ChartPoint[], look: ChartLook, figure: Figure, words: FigureWords) {
  return {
    type: 'pie',
    radius: '68%',
    center: ['50%', '50%'],
    data: points.map(({ name, value }, index) => ({
      name,
      value: value ?? 0,
      itemStyle: { color: look.series[index % look.series.length], borderColor: look.sheet, borderWidth: 1 },
    })),
    label: {
      color: look.ink,
      fontFamily: look.font,
      fontSize: 12,
      // Up to the tile's edge, which has room around it.
      bleedMargin: 0,
      formatter: ({ name, value }: { name: string; value: number }) =>
        `${name} ${shortText(value, figure.format, words)}`,
    },
    labelLine: { length: 8, length2: 8, lineStyle: { color: look.line } },
  }
}
