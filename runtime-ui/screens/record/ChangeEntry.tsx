import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryEntry } from '../../api/history.ts'
import type { Entity } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { Button, IconButton } from '../../kit/Button.tsx'
import { InstantText } from '../../kit/DateText.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { Change } from './Change.tsx'
import './history.css'
import { MergedWords, OfMerged } from './MergedWords.tsx'
import type { Restore } from './use-restore.ts'

/** What wrote it, where that was no person; of a flow with the way to what it did. */
function Through({ entry: { rule, flow, webform, via } }: { readonly entry: HistoryEntry }) {
  const { t } = useTranslation()
  if (rule !== undefined) return t('history.rule', { rule: rule.label })
  if (webform !== undefined) return t('history.webform', { form: webform.label })
  if (flow === undefined) return t(`audit.via.${via}`)
  const text = t('flow.history', { flow: flow.label })
  if (flow.run === undefined) return text
  return (
    <a className="link" href={`/designer/runs/${flow.run}`} title={t('flow.run')}>
      {text}
    </a>
  )
}

export interface ChangeEntryProps {
  readonly entity: Entity
  readonly entry: HistoryEntry
  readonly restore: Restore
  /** Where the day stands elsewhere: only the time. */
  readonly when?: ReactNode
  /** So many fields are shown at first; absent: all. */
  readonly most?: number
}

/** A write of a record: who, through what, each field before and after, and the ways back. */
export function ChangeEntry({ entity, entry, restore, when, most }: ChangeEntryProps) {
  const { t } = useTranslation()
  const [isWhole, setWhole] = useState(false)
  const nobody = entry.webform === undefined ? t('history.system') : t('history.visitor')
  const who = entry.actor === null ? nobody : (entry.actor.label ?? t('record.somebody'))
  const changes =
    entry.action === 'create'
      ? entry.changes.filter((change) => change.after !== null || change.concealed)
      : entry.changes
  // One field more is shown rather than a button that stands for it.
  const isLong = most !== undefined && changes.length > most + 1 && !isWhole
  return (
    <li className="event" data-action={entry.action}>
      {entry.actor === null && entry.webform === undefined ? (
        <span className="event-mark">
          <Icon name="bolt" />
        </span>
      ) : (
        <Avatar name={who} person size="medium" />
      )}
      <div className="grow">
        <div className="row event-head">
          <span
            className={entry.merged === undefined && entry.merged_from === undefined ? 'cut' : 'event-words'}
          >
            <span className="strong">{who}</span>{' '}
            <span className="ink-2">
              {entry.merged === undefined ? (
                t(`history.${entry.action}`)
              ) : (
                <MergedWords entity={entity} merged={entry.merged} />
              )}
            </span>
            <OfMerged of={entry.merged_from} />
            {entry.via === 'api' || entry.via === 'form' ? null : (
              <span className="ink-3">
                {' · '}
                <Through entry={entry} />
              </span>
            )}
          </span>
          <span className="t12 ink-3 end nowrap">{when ?? <InstantText instant={entry.at} />}</span>
        </div>
        {entry.merged?.reason == null ? null : <p className="t13 merge-reason">{entry.merged.reason}</p>}
        <ul className="changes t13">
          {(isLong ? changes.slice(0, most) : changes).map((change) => (
            <Change
              key={change.field}
              entity={entity}
              change={change}
              created={entry.action === 'create'}
              act={
                entry.rule === undefined && restore.mayBringBack(entry, change) ? (
                  <IconButton
                    size="small"
                    className="change-back"
                    label={t('history.bringBack', { field: change.label })}
                    icon={<Icon name="undo" size="small" />}
                    onClick={() => restore.bringBack(entry, change)}
                  />
                ) : null
              }
            />
          ))}
        </ul>
        {isLong ? (
          <Button size="small" type="text" className="version-back" onClick={() => setWhole(true)}>
            {t('timeline.allFields', { count: changes.length })}
          </Button>
        ) : null}
        {entry.rule === undefined && restore.mayReturnTo(entry) ? (
          <Button
            size="small"
            type="text"
            className="version-back"
            icon={<Icon name="history" size="small" />}
            onClick={() => restore.returnTo(entry)}
          >
            {t('history.returnTo', { version: entry.version })}
          </Button>
        ) : null}
      </div>
    </li>
  )
}
