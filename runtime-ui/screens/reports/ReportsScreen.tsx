import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { listDashboards, listReports, type ReportSummary } from '../../api/reports.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { Page } from '../../kit/Page.tsx'
import { ProblemState, State } from '../../kit/State.tsx'
import './reports.css'

/** All dashboards and reports that one opens. */
export function ReportsScreen() {
  const { t, i18n } = useTranslation()
  const dashboards = useQuery({ queryKey: ['dashboards', i18n.language], queryFn: listDashboards })
  const reports = useQuery({ queryKey: ['reports', i18n.language], queryFn: listReports })
  const error = dashboards.error ?? reports.error
  return (
    <Page title={t('report.title')}>
      {error !== null ? (
        <ProblemState error={error} title={t('report.failed')} retry={() => void reports.refetch()} />
      ) : dashboards.data === undefined || reports.data === undefined ? (
        <LoadingRows />
      ) : reports.data.length === 0 ? (
        <State joint="empty" title={t('report.none')} text={t('report.noneText')} />
      ) : (
        <div className="report-index">
          {dashboards.data.length === 0 ? null : (
            <section aria-labelledby="dashboards-head">
              <h2 className="h3" id="dashboards-head">
                {t('report.dashboards')}
              </h2>
              <ul>
                {dashboards.data.map(({ name, label, tiles }) => (
                  <li key={name}>
                    <Link className="report-row" to={`/dashboards/${name}`}>
                      <Icon name="columns" />
                      <span className="cut">{label}</span>
                      <span className="t12 ink-3 end">{t('report.tiles', { count: tiles })}</span>
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {[...byEntity(reports.data)].map(([label, list]) => (
            <section key={label} aria-label={label}>
              <h2 className="h3">{label}</h2>
              <ul>
                {list.map(({ name, label: title, shape, belongsTo }) => (
                  <li key={name}>
                    <Link className="report-row" to={`/reports/${name}`}>
                      <Icon name={shape === 'list' ? 'list' : shape === 'funnel' ? 'funnel' : 'chart'} />
                      <span className="cut">{title}</span>
                      {belongsTo === null ? null : <span className="count">{t('report.mine')}</span>}
                      <span className="t12 ink-3 end">{t(`report.shape.${shape}`)}</span>
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </Page>
  )
}

function byEntity(reports: readonly ReportSummary[]): ReadonlyMap<string, readonly ReportSummary[]> {
  const groups = new Map<string, ReportSummary[]>()
  for (const report of reports)
    groups.set(report.entityLabel, [...(groups.get(report.entityLabel) ?? []), report])
  return groups
}
