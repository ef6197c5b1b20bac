import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AuditEntry } from '../../api/audit.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { InstantText } from '../../kit/DateText.tsx'
import { useEntity } from '../../kit/model-context.tsx'
import { recordAddress } from '../frame/places.ts'
import { Change } from '../record/Change.tsx'
import { changedParts, sentenceOf, whoOf } from './audit-sentence.ts'

/** One thing that was done: a sentence, where it came from, and each field before and after. */
export function AuditEntryItem({ entry }: { readonly entry: AuditEntry }) {
  const { t } = useTranslation()
  const entity = useEntity(entry.entity?.name)
  const who = whoOf(entry, t)
  const parts = changedParts(entry)
  const changes =
    entry.action === 'create'
      ? entry.changes.filter((change) => change.after !== null || change.concealed)
      : entry.changes
  return (
    <li className="event" data-action={entry.action}>
      <Avatar name={who} person size="medium" />
      <div className="grow audit-entry">
        <p>
          <span className="strong">{who}</span> <span className="ink-2">{sentenceOf(entry, t)}</span>{' '}
          <RecordLink entry={entry} />
        </p>
        <p className="t12 ink-3">
          <InstantText instant={entry.at} /> · {t(`audit.via.${entry.via}`)}
          {entry.address === null ? null : ` · ${entry.address}`}
        </p>
        {entry.erased ? <p className="t13 ink-3">{t('audit.erased')}</p> : null}
        {parts.length === 0 ? null : <p className="t13 mono ink-3">{parts.join(', ')}</p>}
        {entity === undefined || changes.length === 0 ? null : (
          <ul className="changes t13">
            {changes.map((change) => (
              <Change
                key={change.field}
                entity={entity}
                change={change}
                created={entry.action === 'create'}
              />
            ))}
          </ul>
        )}
      </div>
    </li>
  )
}

function RecordLink({ entry: { record, entity } }: { readonly entry: AuditEntry }) {
  const { t } = useTranslation()
  if (record === null) return null
  if (record.id === null || entity === null) return <span className="ink-3">{t('audit.hidden')}</span>
  return (
    <Link className="link" to={recordAddress(entity.name, record.id)}>
      {record.label ?? t('audit.nameless')}
    </Link>
  )
}
