import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Pool, type Recycling, recyclingOf } from '../../api/owners.ts'
import type { Entity } from '../../api/types.ts'
import { InstantText } from '../../kit/DateText.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useLanguage } from '../../kit/model-context.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { recordAddress } from '../frame/places.ts'
import { usePools } from './use-pools.ts'
import './owners.css'

interface RecyclingSheetProps {
  readonly entity: Entity
  readonly open: boolean
  readonly onClose: () => void
}

const AHEAD = [3, 7, 30] as const
const DAY_MS = 86_400_000

/** What returns to the pools of an entity if nobody works on it, day by day. */
export function RecyclingSheet({ entity, open, onClose }: RecyclingSheetProps) {
  const { t } = useTranslation()
  const [days, setDays] = useState<number>(7)
  const pools = usePools(entity).filter(({ recycle }) => recycle.length > 0)
  return (
    <Sheet open={open} title={t('owner.recycling')} onClose={onClose} width={520}>
      <p className="t13 ink-2">{t('owner.recyclingText')}</p>
      <Segmented
        className="recycling-days"
        value={days}
        options={AHEAD.map((value) => ({ value, label: t('owner.days', { count: value }) }))}
        onChange={(value) => setDays(Number(value))}
      />
      {pools.map((pool) => (
        <PoolRecycling key={pool.id} entity={entity} pool={pool} days={days} />
      ))}
    </Sheet>
  )
}

interface PoolRecyclingProps {
  readonly entity: Entity
  readonly pool: Pool
  readonly days: number
}

function PoolRecycling({ entity, pool, days }: PoolRecyclingProps) {
  const { t, i18n } = useTranslation()
  const query = useQuery({
    queryKey: ['records', entity.name, 'recycling', pool.name, days, i18n.language],
    queryFn: ({ signal }) => {
      const until = new Date(Date.now() + days * DAY_MS).toISOString()
      return recyclingOf(pool.name, until, signal)
    },
    placeholderData: keepPreviousData,
  })
  if (query.isPending) return <LoadingRows rows={5} />
  if (query.isError)
    return (
      <ProblemState
        error={query.error}
        title={t('owner.recyclingFailed')}
        retry={() => void query.refetch()}
      />
    )
  return (
    <section aria-label={pool.label}>
      <h3 className="h3 section-head">{pool.label}</h3>
      <p>{t('owner.falls', { count: query.data.count })}</p>
      <DaysTold recycling={query.data} />
      <ul className="recycling-records">
        {query.data.records.map(({ id, label, owner, rule, due_at: due }) => (
          <li key={id} className="row recycled">
            <Link className="cut link" to={recordAddress(entity.name, id)}>
              {label}
            </Link>
            <span className="end t13 ink-2">
              {[owner?.label, rule.label].filter(Boolean).join(' · ')} <InstantText instant={due} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function DaysTold({ recycling }: { readonly recycling: Recycling }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (recycling.days.length === 0) return null
  const named = new Intl.DateTimeFormat(language, {
    ...{ weekday: 'long', month: 'numeric', day: 'numeric', timeZone: 'UTC' },
  } as const)
  return (
    <table className="lines t13 recycling-table">
      <thead>
        <tr>
          <th scope="col">{t('owner.day')}</th>
          <th scope="col" className="right">
            {t('owner.records')}
          </th>
          <th scope="col">{t('owner.byRule')}</th>
        </tr>
      </thead>
      <tbody>
        {recycling.days.map(({ day, count, rules }) => (
          <tr key={day}>
            <td>{named.format(new Date(`${day}T00:00:00Z`))}</td>
            <td className="right num">{count}</td>
            <td>{rules.map(({ label, count: own }) => `${label} ${own}`).join(' · ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
