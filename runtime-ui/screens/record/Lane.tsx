import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { LaneStep } from '../../api/lane.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { InstantText } from '../../kit/DateText.tsx'
import { recordAddress } from '../frame/places.ts'
import './lane.css'
import { useLane } from './use-lane.ts'

const DAY_MS = 86_400_000

/** What a record came from and what came of it, one after the other, each with its owner and how long it took. */
export function Lane({ entity, record }: { readonly entity: Entity; readonly record: RecordData }) {
  const { t } = useTranslation()
  const { data = [] } = useLane(entity, record)
  if (data.length < 2) return null
  return (
    <ol className="lane" aria-label={t('lane.title')}>
      {data.map((step) => (
        <Step key={step.id} step={step} />
      ))}
    </ol>
  )
}

function Step({ step }: { readonly step: LaneStep }) {
  const { t } = useTranslation()
  const days = daysOf(step)
  const title = step.title ?? step.label
  const stage = step.stages.at(-1)?.to?.label
  return (
    <li className={step.is_this ? 'now' : ''} aria-current={step.is_this ? 'step' : undefined}>
      <span className="t12 ink-3 cut">{[step.label, stage].filter(Boolean).join(' · ')}</span>
      {step.is_this ? (
        <span className="t14 cut lane-name">{title}</span>
      ) : (
        <Link className="t14 cut lane-name link" to={recordAddress(step.entity, step.id)}>
          {title}
        </Link>
      )}
      <span className="t12 ink-2 cut">
        {step.owner?.label == null ? null : <>{step.owner.label} · </>}
        <InstantText instant={step.began_at} />
        {' · '}
        {t(step.became_at === null ? 'lane.soFar' : 'lane.took', { count: days })}
      </span>
    </li>
  )
}

function daysOf({ began_at: began, became_at: became }: LaneStep): number {
  const end = became === null ? Date.now() : Date.parse(became)
  return Math.max(0, Math.floor((end - Date.parse(began)) / DAY_MS))
}
