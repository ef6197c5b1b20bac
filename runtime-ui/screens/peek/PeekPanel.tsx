import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { getRecord } from '../../api/records.ts'
import type { Entity } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { Button, IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { FieldValue } from '../../values/FieldValue.tsx'
import { callAddress, mainFacts, phoneOf } from '../../values/main-facts.ts'
import { expandAll, titleOf } from '../../values/references.ts'
import { LastContacts } from '../calls/LastContacts.tsx'
import { OpenTodo } from '../calls/OpenTodo.tsx'
import { recordAddress } from '../frame/places.ts'
import { isPerson } from '../list/NameCell.tsx'
import { activityAs } from '../log/callers.ts'
import { openLog } from '../log/open-log.ts'
import { closePeek } from './open-peek.ts'
import './peek.css'

const MOST_FACTS = 14

/** What one knows of a record, beside the list that one does not leave. */
export function PeekPanel({
  entity,
  id,
  place,
}: {
  readonly entity: Entity
  readonly id: string
  readonly place: string
}) {
  const { t, i18n } = useTranslation()
  const { model } = useWork()
  const navigate = useNavigate()
  const query = useQuery({
    queryKey: ['records', entity.name, 'one', id, 'page', i18n.language],
    queryFn: ({ signal }) => getRecord(entity.name, id, expandAll(entity), signal),
  })
  const record = query.data
  const title = record === undefined ? '' : titleOf(entity, record)
  const phone = record === undefined ? undefined : phoneOf(entity, record)
  return (
    <aside className="peek" aria-label={t('peek.title')}>
      <div className="row peek-bar">
        <span className="t12 ink-3 num grow">{place}</span>
        {activityAs(entity, model.entities, 'call') === undefined ? null : (
          <Button size="small" onClick={() => openLog({ as: 'call', about: { entity: entity.name, id } })}>
            {t('peek.log')} <kbd>L</kbd>
          </Button>
        )}
        <Button size="small" onClick={() => void navigate(recordAddress(entity.name, id))}>
          {t('peek.whole')} <kbd>↵</kbd>
        </Button>
        <IconButton label={t('act.close')} icon={<Icon name="close" />} onClick={closePeek} />
      </div>
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
            <dl className="peek-facts">
              {mainFacts(entity, record, MOST_FACTS).map((field) => (
                <div key={field.name}>
                  <dt>{field.label}</dt>
                  <dd>
                    <FieldValue entity={entity} field={field} value={record[field.name]} compact />
                  </dd>
                </div>
              ))}
            </dl>
            <OpenTodo entity={entity} id={id} />
            <LastContacts entity={entity} id={id} />
          </>
        )}
      </div>
    </aside>
  )
}
