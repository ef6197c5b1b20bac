import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getRecord } from '../../api/records.ts'
import type { Entity } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { callAddress } from '../../values/call-address.ts'
import { MainFacts } from '../../values/MainFacts.tsx'
import { phoneOf } from '../../values/main-facts.ts'
import { expandAll, titleOf } from '../../values/references.ts'
import { LastContacts } from '../calls/LastContacts.tsx'
import { OpenTodo } from '../calls/OpenTodo.tsx'
import { isPerson } from '../list/NameCell.tsx'
import './peek.css'

const MOST_FACTS = 14

/** What one knows of a record: its main facts, what is open, the last contacts. */
export function PeekBody({ entity, id }: { readonly entity: Entity; readonly id: string }) {
  const { t, i18n } = useTranslation()
  const query = useQuery({
    queryKey: ['records', entity.name, 'one', id, 'page', i18n.language],
    queryFn: ({ signal }) => getRecord(entity.name, id, expandAll(entity), signal),
  })
  const record = query.data
  const title = record === undefined ? '' : titleOf(entity, record)
  const phone = record === undefined ? undefined : phoneOf(entity, record)
  return (
    <div className="peek-body">
      {query.isError ? (
        <ProblemState error={query.error} title={t('record.failed')} retry={() => void query.refetch()} />
      ) : null}
      {record === undefined && !query.isError ? <LoadingRows rows={8} /> : null}
      {record === undefined ? null : (
        <>
          <header className="row peek-head">
            <Avatar name={title} person={isPerson(entity)} size="big" />
            <div className="grow">
              <h2 className="h2">{title}</h2>
              {phone === undefined ? (
                <span className="t13 ink-3">{entity.label}</span>
              ) : (
                <a className="link num" href={callAddress(phone)}>
                  {phone}
                </a>
              )}
            </div>
          </header>
          <MainFacts className="peek-facts" entity={entity} record={record} most={MOST_FACTS} />
          <OpenTodo entity={entity} id={id} />
          <LastContacts entity={entity} id={id} />
        </>
      )}
    </div>
  )
}
