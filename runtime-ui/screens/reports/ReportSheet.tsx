import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportAnswer } from '../../api/reports.ts'
import { formatInstant } from '../../kit/format.ts'
import { useLanguage, useWork } from '../../kit/model-context.tsx'
import { useIsSample } from '../../kit/still.ts'
import { FigureTable } from './FigureTable.tsx'
import { isDrawn, ReportBody } from './ReportBody.tsx'
import { TrendView } from './TrendView.tsx'
import './reports.css'

/** What a report says: its sentence, its chart, its figures. */
export function ReportSheet({ answer }: { readonly answer: ReportAnswer }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { model } = useWork()
  const [asTable, setAsTable] = useState(false)
  const isSample = useIsSample()
  const drawn = isDrawn(answer, answer.chart)
  return (
    <div className="report" inert={isSample}>
      <div className="report-line">
        {isSample ? null : <p className="t13 ink-2">{sentenceOf(answer, t)}</p>}
        <span className="t12 ink-3">
          {t('report.asOf', { time: formatInstant(answer.asOf, language, model.timeZone) })}
        </span>
      </div>
      {drawn && !isSample ? (
        <Segmented
          className="report-switch"
          value={asTable ? 'table' : 'chart'}
          onChange={(value) => setAsTable(value === 'table')}
          options={[
            { value: 'chart', label: t('report.chart') },
            { value: 'table', label: t('report.table') },
          ]}
        />
      ) : null}
      {drawn && !asTable ? (
        <div className={answer.chart.type === 'funnel' ? 'report-chart loose' : 'report-chart'}>
          <ReportBody answer={answer} chart={answer.chart} />
        </div>
      ) : null}
      {answer.shape === 'list' || answer.shape === 'number' || answer.rows?.length === 0 ? (
        <ReportBody answer={answer} chart={answer.chart} />
      ) : (
        <FigureTable answer={answer} />
      )}
      {answer.truncated && answer.shape !== 'list' ? (
        <p className="t13 ink-2">
          {t('report.truncated', { shown: answer.rows?.length ?? 0, all: answer.rowCount })}
        </p>
      ) : null}
      {answer.trend ? (
        <section className="report-trend" aria-label={t('report.trend')}>
          <h2 className="h3">{t('report.trend')}</h2>
          <div className="report-chart short">
            <TrendView answer={answer} />
          </div>
        </section>
      ) : null}
    </div>
  )
}

type Translate = ReturnType<typeof useTranslation>['t']

/** What the report says, in words. */
function sentenceOf(
  { period, rowGroups, columnGroups, shape, rowCount }: ReportAnswer,
  t: Translate,
): string {
  const groups = [...rowGroups, ...columnGroups].map(({ label }) => label)
  const time =
    period === null || period.name === 'all'
      ? t('period.all')
      : period.name === null
        ? `${period.from} – ${period.to}`
        : t(`period.${period.name}`)
  if (shape === 'list') return t('report.saysList', { count: rowCount })
  if (shape === 'funnel') return t('report.saysFunnel', { time })
  if (groups.length === 0) return time
  return t('report.saysGroups', { time, groups: groups.join(t('report.and')) })
}
