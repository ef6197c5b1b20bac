import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { getDashboard } from '../../api/reports.ts'
import { LiveMark } from '../../kit/LiveMark.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { Page } from '../../kit/Page.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { Star } from '../favourites/Star.tsx'
import { DashboardTile } from './DashboardTile.tsx'
import { ParameterBar } from './ParameterBar.tsx'
import { PeriodPicker } from './PeriodPicker.tsx'
import { chosenSearch, parametersOf, readWhere, whereFor } from './parameters.ts'
import './reports.css'

/** Reports side by side; each follows the records by itself. */
export function DashboardScreen() {
  const { t, i18n } = useTranslation()
  const { name = '' } = useParams()
  const [search, setSearch] = useSearchParams()
  const dashboard = useQuery({
    queryKey: ['dashboard', name, i18n.language],
    queryFn: () => getDashboard(name),
    staleTime: 60_000,
  })
  const { data } = dashboard
  const period = search.get('period') ?? data?.period ?? undefined
  const where = readWhere(search.get('where'))
  const crumbs = [{ label: t('report.title'), to: '/reports' }]
  if (dashboard.error !== null) {
    return (
      <Page title={t('report.dashboard')} crumbs={crumbs}>
        <ProblemState
          error={dashboard.error}
          title={t('report.failed')}
          retry={() => void dashboard.refetch()}
        />
      </Page>
    )
  }
  if (data === undefined) {
    return (
      <Page title={t('report.dashboard')} crumbs={crumbs}>
        <LoadingRows />
      </Page>
    )
  }
  return (
    <Page
      title={data.label}
      crumbs={crumbs}
      beside={
        <>
          <Star favourite={{ kind: 'dashboard', name, label: data.label }} />
          <LiveMark />
        </>
      }
      acts={
        <PeriodPicker
          label={t('report.period')}
          value={period}
          hasOwn
          onChange={(value) => setSearch(chosenSearch(value, where), { replace: true })}
        />
      }
    >
      <ParameterBar
        parameters={parametersOf(data.tiles)}
        where={where}
        onChange={(next) =>
          setSearch(chosenSearch(search.get('period') ?? undefined, next), { replace: true })
        }
      />
      <div className="dashboard" data-testid="dashboard">
        {data.tiles.map((tile) => (
          <DashboardTile
            key={tile.name}
            tile={tile}
            period={period}
            where={whereFor(where, tile.parameters)}
          />
        ))}
      </div>
    </Page>
  )
}
