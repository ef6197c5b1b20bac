import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { recordHistory } from '../../api/records.ts'
import type { Entity, HistoryChange, HistoryEntry, RecordData } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { InstantText } from '../../kit/DateText.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { HistoryValue } from './HistoryValue.tsx'
import { MoreButton } from './MoreButton.tsx'

/** What happened to a record, newest first: who, when, and every field before and after. */
export function History({ entity, record }: { readonly entity: Entity; readonly record: RecordData }) {
  const { t, i18n } = useTranslation()
  const query = useInfiniteQuery({
    queryKey: ['records', entity.name, 'one', record.id, 'history', i18n.language],
    queryFn: ({ pageParam }) => recordHistory(entity.name, record.id, pageParam || undefined),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
  })
  const entries = query.data?.pages.flatMap((page) => page.data) ?? []
  if (query.isPending) return <LoadingRows rows={4} />
  if (query.isError)
    return <ProblemState error={query.error} title={t('history.failed')} retry={() => void query.refetch()} />
  return (
    <>
      {entries.length === 0 ? <p className="ink-3 t13 nothing">{t('history.none')}</p> : null}
      <ul className="events">
        {entries.map((entry) => (
          <Entry key={entry.id} entity={entity} entry={entry} />
        ))}
      </ul>
      <MoreButton query={query} />
    </>
  )
}

function Entry({ entity, entry }: { readonly entity: Entity; readonly entry: HistoryEntry }) {
  const { t } = useTranslation()
  const who = entry.actor === null ? t('history.system') : (entry.actor.label ?? t('record.somebody'))
  const changes =
    entry.action === 'create'
      ? entry.changes.filter((change) => change.after !== null || change.concealed)
      : entry.changes
  return (
    <li className="event" data-action={entry.action}>
      <Avatar name={who} person size="medium" />
      <div className="grow">
        <div className="row event-head">
          <span className="cut">
            <span className="strong">{who}</span>{' '}
            <span className="ink-2">{t(`history.${entry.action}`)}</span>
            {entry.via === 'api' || entry.via === 'form' ? null : (
              <span className="ink-3"> · {t('history.via', { via: entry.via })}</span>
            )}
          </span>
          <span className="t12 ink-3 end nowrap">
            <InstantText instant={entry.at} />
          </span>
        </div>
        <ul className="changes t13">
          {changes.map((change) => (
            <Change key={change.field} entity={entity} change={change} created={entry.action === 'create'} />
          ))}
        </ul>
      </div>
    </li>
  )
}

function Change({
  entity,
  change,
  created,
}: {
  readonly entity: Entity
  readonly change: HistoryChange
  readonly created: boolean
}) {
  const { t } = useTranslation()
  if (change.concealed)
    return (
      <li className="change">
        <span className="ink-3">{change.label}</span>
        <span className="after">{t('history.concealed')}</span>
      </li>
    )
  return (
    <li className="change">
      <span className="ink-3">{change.label}</span>
      {created ? null : (
        <>
          <span className="before">
            <HistoryValue entity={entity} change={change} value={change.before} />
          </span>
          <Icon name="arrow_right" size="small" />
        </>
      )}
      <span className="after">
        <HistoryValue entity={entity} change={change} value={change.after} />
      </span>
    </li>
  )
}
