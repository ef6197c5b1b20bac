import { Dropdown, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { type ReportAnswer, type ReportQuestion, saveReport } from '../../api/reports.ts'
import { Button } from '../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { formatInstant } from '../../kit/format.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LiveMark } from '../../kit/LiveMark.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useEntity, useLanguage, useWork } from '../../kit/model-context.tsx'
import { Page } from '../../kit/Page.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { Star } from '../favourites/Star.tsx'
import { FigureTable } from './FigureTable.tsx'
import { OwnMenu } from './OwnMenu.tsx'
import { ParameterBar } from './ParameterBar.tsx'
import { PeriodPicker } from './PeriodPicker.tsx'
import { chosenSearch, readWhere } from './parameters.ts'
import { isDrawn, ReportBody } from './ReportBody.tsx'
import { TrendView } from './TrendView.tsx'
import { useReport } from './use-report.ts'
import './reports.css'

/** One report: its chart, its figures as a table, and its file. */
export function ReportScreen() {
  const { t } = useTranslation()
  const { name = '' } = useParams()
  const [search, setSearch] = useSearchParams()
  const period = search.get('period') ?? undefined
  const where = readWhere(search.get('where'))
  const question: ReportQuestion = {
    ...(period === undefined ? {} : { period }),
    ...(Object.keys(where).length === 0 ? {} : { where }),
  }
  const report = useReport(name, question)
  const { data } = report
  const crumbs = [{ label: t('report.title'), to: '/reports' }]
  if (data === undefined) {
    return (
      <Page title={t('report.report')} crumbs={crumbs}>
        {report.error === null ? (
          <LoadingRows />
        ) : (
          <ProblemState error={report.error} title={t('report.failed')} retry={() => void report.refetch()} />
        )}
      </Page>
    )
  }
  const choose = (value: string | undefined) => setSearch(chosenSearch(value, where), { replace: true })
  return (
    <Page
      title={data.label}
      crumbs={crumbs}
      beside={
        <>
          <Star favourite={{ kind: 'report', name, label: data.label }} />
          <LiveMark />
        </>
      }
      acts={
        <>
          {data.period === null ? null : (
            <PeriodPicker
              label={data.period.label}
              value={period ?? data.period.name ?? 'all'}
              hasOwn={false}
              onChange={choose}
            />
          )}
          <SaveMenu answer={data} question={question} />
          <OwnMenu answer={data} question={question} />
        </>
      }
    >
      <ParameterBar
        parameters={data.parameters.map(({ path }) => ({ path, entity: data.entity }))}
        where={where}
        onChange={(next) => setSearch(chosenSearch(period, next), { replace: true })}
      />
      <ReportSheet answer={data} />
    </Page>
  )
}

function ReportSheet({ answer }: { readonly answer: ReportAnswer }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { model } = useWork()
  const [asTable, setAsTable] = useState(false)
  const drawn = isDrawn(answer, answer.chart)
  return (
    <div className="report">
      <div className="report-line">
        <p className="t13 ink-2">{sentenceOf(answer, t)}</p>
        <span className="t12 ink-3">
          {t('report.asOf', { time: formatInstant(answer.asOf, language, model.timeZone) })}
        </span>
      </div>
      {drawn ? (
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

function SaveMenu({
  answer,
  question,
}: {
  readonly answer: ReportAnswer
  readonly question: ReportQuestion
}) {
  const { t } = useTranslation()
  const entity = useEntity(answer.entity)
  const [fault, setFault] = useState<string>()
  if (entity?.rights.export !== true) return null
  const save = async (format: 'csv' | 'xlsx') => {
    setFault(undefined)
    try {
      await saveReport(answer.name, format, question)
    } catch (error) {
      setFault(faultOf(error, t))
    }
  }
  return (
    <>
      <FaultNote id="save-fault" fault={fault} />
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'xlsx', label: 'Excel (xlsx)', onClick: () => void save('xlsx') },
            { key: 'csv', label: 'CSV', onClick: () => void save('csv') },
          ],
        }}
      >
        <Button icon={<Icon name="download" />}>{t('report.save')}</Button>
      </Dropdown>
    </>
  )
}
