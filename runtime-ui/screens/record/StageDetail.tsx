import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StageEntry } from '../../api/stages.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { InstantText } from '../../kit/DateText.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { Checklist } from './Checklist.tsx'
import './stages.css'
import { useStages } from './use-stages.ts'

interface StageDetailProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly field: string
}

const DAY_MS = 86_400_000

/** Under the path: what to do in the stage, what of it is done, since when the record stands there, and where it was. */
export function StageDetail({ entity, record, field }: StageDetailProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const query = useStages(entity, record)
  const stage = entity.pipelines[field]?.find(({ name }) => name === record[field])
  const since = record[`${field}_since`]
  const entries = (query.data?.entries ?? []).filter((entry) => entry.field === field)
  const milestones = (query.data?.milestones ?? []).filter(
    (one) => one.field === field && one.stage === stage?.name,
  )
  if (stage === undefined) return null
  return (
    <div className="stage-detail">
      {stage.guide === undefined ? null : <p className="t13 ink-2 stage-guide">{stage.guide}</p>}
      {stage.must === undefined || stage.type !== 'open' ? null : (
        <p className="row t13 ink-2 stage-must">
          <Icon name="shield" size="small" />
          {t('stage.must', { rule: stage.must })}
        </p>
      )}
      {milestones.length > 0 ? <Checklist entity={entity} record={record} milestones={milestones} /> : null}
      {typeof since === 'string' ? (
        <div className="row t13 ink-3 stage-since">
          <span>{t('stage.since', { count: daysSince(since) })}</span>
          <Button type="link" size="small" className="link t13" onClick={() => setOpen(true)}>
            {t('stage.history')}
          </Button>
        </div>
      ) : null}
      <Sheet open={open} title={t('stage.history')} onClose={() => setOpen(false)}>
        <ul className="events">
          {entries.map((entry) => (
            <Move key={`${entry.at} ${entry.to?.name}`} entry={entry} />
          ))}
        </ul>
      </Sheet>
    </div>
  )
}

function Move({ entry: { from, to, at, seconds, actor, via } }: { readonly entry: StageEntry }) {
  const { t } = useTranslation()
  return (
    <li className="stage-move">
      <div className="t14">{[from, to].flatMap((stage) => stage?.label ?? []).join(' → ')}</div>
      <div className="t13 ink-3 row">
        <InstantText instant={at} />
        <span>{actor === null ? t('history.system') : actor.label}</span>
        <span>{t(`audit.via.${via}`)}</span>
        {seconds === null ? null : (
          <span>{t('stage.stayed', { count: Math.floor((seconds * 1000) / DAY_MS) })}</span>
        )}
      </div>
    </li>
  )
}

function daysSince(instant: string): number {
  return Math.max(0, Math.floor((Date.now() - Date.parse(instant)) / DAY_MS))
}
