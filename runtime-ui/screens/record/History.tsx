import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { recordHistory } from '../../api/records.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { auditAddress } from '../audit/audit-question.ts'
import { ChangeEntry } from './ChangeEntry.tsx'
import { ConsentList } from './ConsentList.tsx'
import './history.css'
import { MoreButton } from './MoreButton.tsx'
import { useRestore } from './use-restore.ts'

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
          <ChangeEntry key={entry.id} entity={entity} entry={entry} restore={restore} />
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
