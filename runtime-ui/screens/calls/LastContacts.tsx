import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type ActivityTold, recordTimeline, type TimelineEntry } from '../../api/timeline.ts'
import type { Entity } from '../../api/types.ts'
import { InstantText } from '../../kit/DateText.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { iconNamed } from '../../kit/icons/paths.ts'
import { useWork } from '../../kit/model-context.tsx'
import { FieldValue } from '../../values/FieldValue.tsx'
import './contacts.css'

const MOST = 4
const isTold = (entry: TimelineEntry): entry is ActivityTold => entry.type === 'record'

/** The last calls, meetings and notes about a record, with what was said. */
export function LastContacts({ entity, id }: { readonly entity: Entity; readonly id: string }) {
  const { t, i18n } = useTranslation()
  const { model } = useWork()
  const kinds = entity.timeline.filter((type) => {
    const other = model.entities.find(({ name }) => `record.${name}` === type)
    return other?.activity !== undefined && other.activity.as !== 'task'
  })
  const query = useQuery({
    queryKey: [
      ...['records', entity.name, 'one', id, 'timeline', i18n.language, kinds.join(',')],
      { joins: kinds.map((type) => type.replace('record.', '')) },
      'last',
    ],
    queryFn: ({ signal }) => recordTimeline(entity.name, id, kinds, undefined, signal),
    enabled: kinds.length > 0,
  })
  const told = (query.data?.data ?? []).filter(isTold).slice(0, MOST)
  return (
    <section aria-label={t('calls.last')}>
      <h3 className="h3">{t('calls.last')}</h3>
      {query.isError ? <p className="t13 bad">{t('timeline.failed')}</p> : null}
      {query.isSuccess && told.length === 0 ? <p className="t13 ink-3">{t('calls.never')}</p> : null}
      <ul className="call-list">
        {told.map((entry) => (
          <Contact
            key={entry.id}
            entry={entry}
            entity={model.entities.find(({ name }) => name === entry.entity)}
          />
        ))}
      </ul>
    </section>
  )
}

function Contact({ entry, entity }: { readonly entry: ActivityTold; readonly entity: Entity | undefined }) {
  const { outcome, words } = entity?.activity ?? {}
  const shown = [outcome, words].flatMap((name) => {
    const field = entity?.fields.find((one) => one.name === name)
    const value = field === undefined ? null : entry.fields[field.name]
    return field === undefined || value === null || value === undefined ? [] : [{ field, value }]
  })
  return (
    <li>
      <div className="row">
        <Icon name={iconNamed(entity?.icon)} size="small" />
        <span className="grow cut">{entry.label}</span>
        <span className="t12 ink-3">
          <InstantText instant={entry.at} />
        </span>
      </div>
      {entity === undefined
        ? null
        : shown.map(({ field, value }) => (
            <div key={field.name} className="t13 ink-2 call-words">
              <FieldValue entity={entity} field={field} value={value} compact />
            </div>
          ))}
    </li>
  )
}
