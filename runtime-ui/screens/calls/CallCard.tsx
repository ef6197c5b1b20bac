import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { getRecord } from '../../api/records.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { arranged } from '../../values/arranged.ts'
import { callAddress } from '../../values/call-address.ts'
import { MainFacts } from '../../values/MainFacts.tsx'
import { phoneOf } from '../../values/main-facts.ts'
import { expandAll, titleOf } from '../../values/references.ts'
import { recordAddress } from '../frame/places.ts'
import { isPerson } from '../list/NameCell.tsx'
import { CallForm } from './CallForm.tsx'
import { LastContacts } from './LastContacts.tsx'
import type { Calling } from './may-call.ts'
import { OpenTodo } from './OpenTodo.tsx'

interface CallCardProps {
  readonly entity: Entity
  readonly calling: Calling
  readonly id: string
  /** @param result what came of it; null where it is skipped */
  readonly onDone: (result: string | null) => void
  readonly onBack: (() => void) | undefined
}

const MOST_FACTS = 6

/** Who is called now: the number, what one should know, and the little that is noted down. */
export function CallCard({ entity, calling, id, onDone, onBack }: CallCardProps) {
  const { t, i18n } = useTranslation()
  const query = useQuery({
    queryKey: ['records', entity.name, 'one', id, 'page', i18n.language],
    queryFn: ({ signal }) => getRecord(entity.name, id, expandAll(entity), signal),
  })
  if (query.isError)
    return (
      <div>
        <ProblemState error={query.error} title={t('record.failed')} retry={() => void query.refetch()} />
        <div className="row calls-foot">
          <Button onClick={() => onDone(null)}>{t('calls.skip')}</Button>
        </div>
      </div>
    )
  if (query.data === undefined) return <LoadingRows rows={6} />
  const record = query.data
  return (
    <div className="call-card">
      <Head entity={entity} record={record} />
      <div className="call-columns">
        <CallForm {...{ entity, record, calling, onDone, onBack }} />
        <aside className="call-known">
          <MainFacts
            className="call-facts"
            most={MOST_FACTS}
            entity={arranged(entity, record)}
            record={record}
          />
          <OpenTodo entity={entity} id={id} />
          <LastContacts entity={entity} id={id} />
        </aside>
      </div>
    </div>
  )
}

function Head({ entity, record }: { readonly entity: Entity; readonly record: RecordData }) {
  const { t } = useTranslation()
  const title = titleOf(entity, record)
  const phone = phoneOf(entity, record)
  return (
    <header className="row call-head">
      <Avatar name={title} person={isPerson(entity)} size="big" />
      <div className="grow">
        <h2 className="h1 cut">{title}</h2>
        <Link className="link t13" to={recordAddress(entity.name, record.id)}>
          {t('calls.open')}
        </Link>
      </div>
      {phone === undefined ? (
        <span className="t13 ink-3">{t('calls.noPhone')}</span>
      ) : (
        <a className="call-number num" href={callAddress(phone)}>
          <Icon name="phone" />
          {phone}
        </a>
      )}
    </header>
  )
}
