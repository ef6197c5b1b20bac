import { useTranslation } from 'react-i18next'
import type { Chart, ReportAnswer } from '../../api/reports.ts'
import { ChartView } from './ChartView.tsx'
import { chartData } from './chart-option.ts'
import { FigureTable } from './FigureTable.tsx'
import { FunnelView } from './FunnelView.tsx'
import { NumberView } from './NumberView.tsx'
import { RecordLines } from './RecordLines.tsx'

export interface ReportBodyProps {
  readonly answer: ReportAnswer
  readonly chart: Chart
  /** The figures as a table in place of the chart. */
  readonly asTable?: boolean
}

/** A report as it is drawn, or as a table. */
export function ReportBody({ answer, chart, asTable = false }: ReportBodyProps) {
  const { t } = useTranslation()
  if (answer.shape === 'list') {
    return answer.records?.length === 0 ? (
      <Nothing text={t('report.nothing')} />
    ) : (
      <RecordLines answer={answer} />
    )
  }
  if (answer.shape === 'number') return <NumberView answer={answer} chart={chart} />
  if (answer.rows?.length === 0) return <Nothing text={t('report.nothing')} />
  if (asTable || chart.type === 'table') return <FigureTable answer={answer} />
  if (chart.type === 'funnel') return <FunnelView answer={answer} />
  const data = chartData(answer, chart)
  return data === undefined ? (
    <FigureTable answer={answer} />
  ) : (
    <ChartView answer={answer} data={data} chart={chart} />
  )
}

/** Whether there is a picture to change for a table. */
export function isDrawn(answer: ReportAnswer, chart: Chart): boolean {
  return (
    answer.shape !== 'list' &&
    answer.shape !== 'number' &&
    chart.type !== 'table' &&
    answer.rows?.length !== 0
  )
}

function Nothing({ text }: { readonly text: string }) {
  return <p className="tile-empty t13 ink-3">{text}</p>
}
