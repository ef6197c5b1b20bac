import { useTranslation } from 'react-i18next'
import type { ApprovalRun, TrailEntry } from '../../api/approvals.ts'
import type { Entity } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { InstantText } from '../../kit/DateText.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { Change } from '../record/Change.tsx'
import './approvals.css'

interface TrailSheetProps {
  readonly entity: Entity
  readonly runs: readonly ApprovalRun[]
  readonly onClose: () => void
}

/** Everything that was done, with what changed in between: who, when, what, and what they said. */
export function TrailSheet({ entity, runs, onClose }: TrailSheetProps) {
  const { t } = useTranslation()
  return (
    <Sheet open title={t('approval.trail')} width={520} onClose={onClose}>
      {runs.map((run) => (
        <section key={run.id} className="trail" aria-label={run.label}>
          <h3 className="row t13">
            <span className={`approval-state ${run.state}`}>{t(`approval.state.${run.state}`)}</span>
            <span className="strong">{run.label}</span>
            <span className="end ink-3 num">{t('approval.byVersion', { version: run.version })}</span>
          </h3>
          <ul className="events">
            {run.trail.map((entry) => (
              <Entry key={entry.number} entity={entity} entry={entry} />
            ))}
          </ul>
        </section>
      ))}
    </Sheet>
  )
}

function Entry({ entity, entry }: { readonly entity: Entity; readonly entry: TrailEntry }) {
  const { t } = useTranslation()
  const who = entry.actor === null ? t('history.system') : (entry.actor.label ?? t('record.somebody'))
  const person = entry.person?.label ?? t('record.somebody')
  const what =
    entry.act === 'end' ? t(`approval.state.${entry.outcome}`) : t(`approval.act.${entry.act}`, { person })
  return (
    <li className="event">
      <Avatar name={who} person size="medium" />
      <div className="grow">
        <div className="row event-head">
          <span>
            <span className="strong">{who}</span> <span className="ink-2">{what}</span>
            {entry.instead_of === null ? null : (
              <span className="ink-3">
                {' '}
                {t('approval.insteadOf', { person: entry.instead_of.label ?? '' })}
              </span>
            )}
            {entry.level_label === null ? null : <span className="ink-3"> · {entry.level_label}</span>}
          </span>
          <span className="t12 ink-3 end nowrap">
            <InstantText instant={entry.at} />
          </span>
        </div>
        {entry.comment === null ? null : <p className="event-text">{entry.comment}</p>}
        {entry.files.map(({ id, name }) => (
          <a key={id} className="link t13" href={`/api/files/${id}`}>
            {name}
          </a>
        ))}
        <ul className="changes t13">
          {entry.changes.map((change) => (
            <Change key={change.field} entity={entity} change={change} created={false} act={null} />
          ))}
        </ul>
      </div>
    </li>
  )
}
