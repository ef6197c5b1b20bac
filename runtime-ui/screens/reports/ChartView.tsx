import { type RefObject, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Chart, ReportAnswer } from '../../api/reports.ts'
import { useTokens } from '../../kit/brand.ts'
import { useLanguage, useWork } from '../../kit/model-context.tsx'
import { useIsDark } from '../../kit/ThemeProvider.tsx'
import { useIsStill } from '../../kit/use-media.ts'
import { type ChartData, type ChartLook, chartOption } from './chart-option.ts'
import type { DrawnChart } from './draw-chart.ts'
import { drillAddress } from './drill-address.ts'
import { figureText } from './figure-text.ts'

export interface ChartViewProps {
  readonly answer: ReportAnswer
  readonly data: ChartData
  readonly chart: Chart
}

/** A chart; a press on a mark leads to its records. What it shows stands in words beside it, for who does not see it. */
export function ChartView({ answer, data, chart }: ChartViewProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const place = useRef<HTMLDivElement>(null)
  const { drawn, isReady } = useDrawnChart(place)
  const { model } = useWork()
  const language = useLanguage()
  const look = useChartLook()
  const id = useId()
  const words = { language, currency: model.currency }

  const option = JSON.stringify([data, chart, look, language])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for all that the option is made of
  useEffect(() => {
    if (!isReady || drawn.current === undefined) return
    drawn.current.setOption(chartOption(data, chart, look, words), true)
    drawn.current.off('click')
    drawn.current.on('click', (mark) => {
      const series = data.series[mark.seriesIndex ?? 0] ?? data.series[0]
      const point = series?.points[mark.dataIndex]
      if (point !== undefined) void navigate(drillAddress(answer.entity, point.cell, data.figure.name))
    })
  }, [option, isReady])

  return (
    <>
      <div
        className="chart"
        role="img"
        aria-label={t('report.chartOf', { name: answer.label })}
        aria-describedby={id}
      >
        <div className="chart-canvas" ref={place} />
      </div>
      <ul id={id} className="visually-hidden">
        {data.series.map((series) =>
          series.points.map((point) => (
            <li key={`${series.name} ${point.name}`}>
              {data.series.length > 1 ? `${point.name}, ${series.name}: ` : `${point.name}: `}
              {figureText(point.value, data.figure.format, words)}
            </li>
          )),
        )}
      </ul>
    </>
  )
}

/** The chart in its place, drawn by a module of its own, and as large as the place is. */
function useDrawnChart(place: RefObject<HTMLDivElement | null>) {
  const drawn = useRef<DrawnChart>(undefined)
  const [isReady, setReady] = useState(false)
  useEffect(() => {
    let isGone = false
    let watcher: ResizeObserver | undefined
    void import('./draw-chart.ts').then(({ openChart }) => {
      if (isGone || place.current === null) return
      const chartNow = openChart(place.current)
      drawn.current = chartNow
      watcher = new ResizeObserver(() => chartNow.resize())
      watcher.observe(place.current)
      setReady(true)
    })
    return () => {
      isGone = true
      watcher?.disconnect()
      drawn.current?.dispose()
      drawn.current = undefined
    }
  }, [place])
  return { drawn, isReady }
}

const SERIES = ['sky', 'ochre', 'jade', 'iris', 'clay', 'plum', 'moss', 'slate'] as const

function useChartLook(): ChartLook {
  const tokens = useTokens(useIsDark())
  const isStill = useIsStill()
  return {
    ink: tokens.ink,
    ink3: tokens['ink-3'],
    line: tokens.line,
    sheet: tokens['bg-sheet'],
    tip: tokens['bg-tip'],
    onTip: tokens['on-tip'],
    main: tokens['stage-4'],
    series: SERIES.map((name) => tokens[`tag-${name}`]),
    font: getComputedStyle(document.body).fontFamily,
    isStill,
  }
}
