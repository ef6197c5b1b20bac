import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { type ReportAnswer, type ReportQuestion, saveReport } from '../../api/reports.ts'
import { Button } from '../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LiveMark } from '../../kit/LiveMark.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { Menu } from '../../kit/Menu.tsx'
import { useEntity } from '../../kit/model-context.tsx'
import { Page } from '../../kit/Page.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { Star } from '../favourites/Star.tsx'
import { OwnMenu } from './OwnMenu.tsx'
import { ParameterBar } from './ParameterBar.tsx'
import { PeriodPicker } from './PeriodPicker.tsx'
import { chosenSearch, readWhere } from './parameters.ts'
import { ReportSheet } from './ReportSheet.tsx'
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
      <Menu
        items={[
          { key: 'xlsx', label: 'Excel (xlsx)', onClick: () => void save('xlsx') },
          { key: 'csv', label: 'CSV', onClick: () => void save('csv') },
        ]}
      >
        <Button icon={<Icon name="download" />}>{t('report.save')}</Button>
      </Menu>
    </>
  )
}
