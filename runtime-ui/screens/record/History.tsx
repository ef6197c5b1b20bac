import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { recordHistory } from '../../api/records.ts'
import type { Entity, HistoryEntry, RecordData } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { Button, IconButton } from '../../kit/Button.tsx'
import { InstantText } from '../../kit/DateText.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { auditAddress } from '../audit/audit-question.ts'
import { Change } from './Change.tsx'
import { ConsentList } from './ConsentList.tsx'
import './history.css'
import { MoreButton } from './MoreButton.tsx'
import { type Restore, useRestore } from './use-restore.ts'

/** What happened to a record, newest first: who, when, and every field before and after. */
export function History({ entity, record }: { readonly entity: Entity; readonly record: RecordData }) {
  const { t, i18n } = useTranslation()
  const query = useInfiniteQuery({
    queryKey: ['records', entity.name, 'one', record.id, 'history', i18n.language],
    queryFn: ({ pageParam }) => recordHistory(entity.name, record.id, pageParam || undefined),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
  })
  const restore = useRestore(entity, record)
  const { me } = useWork()
  const entries = query.data?.pages.flatMap((page) => page.data) ?? []
  if (query.isPending) return <LoadingRows rows={4} />
  if (query.isError)
    return <ProblemState error={query.error} title={t('history.failed')} retry={() => void query.refetch()} />
  return (
    <>
      {entries.length === 0 ? <p className="ink-3 t13 nothing">{t('history.none')}</p> : null}
      <ul className="events">
        {entries.map((entry) => (
          <Entry key={entry.id} entity={entity} entry={entry} restore={restore} />
        ))}
      </ul>
      <MoreButton query={query} />
      {entries.some(({ webform }) => webform !== undefined) ? (
        <ConsentList entity={entity.name} record={record.id} />
      ) : null}
      {me.administration.includes('audit') ? (
        <Link className="link t13" to={auditAddress(entity.name, record.id)}>
          {t('audit.ofRecord')}
        </Link>
      ) : null}
    </>
  )
}

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

function Entry({
  entity,
  entry,
  restore,
}: {
  readonly entity: Entity
  readonly entry: HistoryEntry
  readonly restore: Restore
}) {
  const { t } = useTranslation()
  const nobody = entry.webform === undefined ? t('history.system') : t('history.visitor')
  const who = entry.actor === null ? nobody : (entry.actor.label ?? t('record.somebody'))
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
              <span className="ink-3">
                {' · '}
                <Through entry={entry} />
              </span>
            )}
          </span>
          <span className="t12 ink-3 end nowrap">
            <InstantText instant={entry.at} />
          </span>
        </div>
        <ul className="changes t13">
          {changes.map((change) => (
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
