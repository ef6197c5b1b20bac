import { useTranslation } from 'react-i18next'
import type { ReportAnswer } from '../../api/reports.ts'
import { formatInstant } from '../../kit/format.ts'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useLanguage, useWork } from '../../kit/model-context.tsx'
import { ChartView } from './ChartView.tsx'
import { useTrend } from './use-report.ts'

const LINE = { type: 'line' } as const

/** The course of a report's total, hour by hour. */
export function TrendView({ answer }: { readonly answer: ReportAnswer }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { model } = useWork()
  const trend = useTrend(answer.name)
  const [figure] = answer.figures
  if (trend.isPending) return <LoadingRows rows={4} />
  if (trend.data === undefined || figure === undefined) {
    return <p className="tile-empty t13 ink-3">{t('report.noTrend')}</p>
  }
  if (trend.data.length === 0) return <p className="tile-empty t13 ink-3">{t('report.trendBegins')}</p>
  const points = trend.data.map(({ at, values }) => ({
    name: formatInstant(at, language, model.timeZone),
    value: values[figure.name] === null ? null : Number(values[figure.name]),
    cell: { values: {}, filter: answer.filter },
  }))
  return (
    <ChartView
      answer={answer}
      chart={LINE}
      data={{ figure, series: [{ name: figure.label, color: undefined, points }] }}
    />
  )
}
