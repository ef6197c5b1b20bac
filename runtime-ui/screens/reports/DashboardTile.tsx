import { type CSSProperties, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ApiProblem } from '../../api/problem.ts'
import type { ReportAnswer, Tile, Where } from '../../api/reports.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useSlow } from '../../kit/Loading.tsx'
import { chosenSearch } from './parameters.ts'
import { isDrawn, ReportBody } from './ReportBody.tsx'
import { TrendView } from './TrendView.tsx'
import { useReport } from './use-report.ts'

export interface DashboardTileProps {
  readonly tile: Tile
  readonly period: string | undefined
  /** What the dashboard is narrowed by, as far as the tile's report knows it. */
  readonly where?: Where | undefined
}

/** One part of a dashboard: a report, or a text. */
export function DashboardTile({ tile, period, where }: DashboardTileProps) {
  const style = { '--w': tile.width, '--h': tile.height } as CSSProperties
  const size = tile.width <= 3 ? 'tile small' : 'tile'
  return (
    <section className={size} style={style} aria-label={tile.label || undefined}>
      {tile.report === null ? (
        <p className="tile-text">{tile.text}</p>
      ) : (
        <ReportTile tile={tile} name={tile.report} period={period} where={where} />
      )}
    </section>
  )
}

function ReportTile({ tile, name, period, where }: DashboardTileProps & { readonly name: string }) {
  const { t } = useTranslation()
  const [asTable, setAsTable] = useState(false)
  const report = useReport(name, {
    ...(period === undefined ? {} : { period }),
    ...(where === undefined ? {} : { where }),
  })
  const slow = useSlow(report.isPending)
  const titleId = useId()
  const { data } = report
  const chart = data === undefined ? undefined : (tile.chart ?? data.chart)
  const canChange = data !== undefined && chart !== undefined && !tile.trend && isDrawn(data, chart)
  const chosen = new URLSearchParams(chosenSearch(period, where ?? {})).toString()
  const address = `/reports/${name}${chosen === '' ? '' : `?${chosen}`}`
  return (
    <>
      <header className="tile-head">
        <h2 className="tile-title cut" id={titleId}>
          <Link to={address}>{tile.label}</Link>
        </h2>
        {data?.period === null || data === undefined ? null : <PeriodText answer={data} />}
        {canChange ? (
          <button
            type="button"
            className="plain-button tile-act"
            aria-pressed={asTable}
            aria-label={t('report.asTable', { name: tile.label })}
            title={t('report.table')}
            onClick={() => setAsTable(!asTable)}
          >
            <Icon name={asTable ? 'chart' : 'table'} />
          </button>
        ) : null}
      </header>
      <div className="tile-body">
        {report.error !== null && data === undefined ? (
          <TileFault error={report.error} retry={report.refetch} />
        ) : null}
        {slow ? <div className="tile-waiting" role="status" aria-label={t('state.loading')} /> : null}
        {data === undefined || chart === undefined ? null : tile.trend ? (
          <TrendView answer={data} />
        ) : (
          <ReportBody answer={data} chart={chart} asTable={asTable} />
        )}
      </div>
    </>
  )
}

function PeriodText({ answer }: { readonly answer: ReportAnswer }) {
  const { t } = useTranslation()
  const { period } = answer
  if (period === null || period.name === 'all') return null
  const text = period.name === null ? `${period.from} – ${period.to}` : t(`period.${period.name}`)
  return <span className="tile-period t12 ink-3">{text}</span>
}

function TileFault({ error, retry }: { readonly error: unknown; readonly retry: () => unknown }) {
  const { t } = useTranslation()
  const text = error instanceof ApiProblem && error.status !== 0 ? error.message : t('state.unreachable')
  return (
    <div className="tile-fault" role="alert">
      <p className="t13">{text}</p>
      <button type="button" className="plain-button tile-retry" onClick={() => void retry()}>
        <Icon name="refresh" /> {t('state.retry')}
      </button>
    </div>
  )
}
