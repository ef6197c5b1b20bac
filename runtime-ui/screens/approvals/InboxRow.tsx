import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { InboxItem } from '../../api/approvals.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { Button } from '../../kit/Button.tsx'
import { InstantText } from '../../kit/DateText.tsx'
import { useEntity } from '../../kit/model-context.tsx'
import { FieldValue } from '../../values/FieldValue.tsx'
import { recordAddress } from '../frame/places.ts'

interface InboxRowProps {
  readonly item: InboxItem
  readonly isChosen: boolean
  readonly onChoose: (turn: string) => void
  readonly onWord: (word: 'approve' | 'reject') => void
}

const OF_NOBODY_ELSE: ReadonlySet<string> = new Set(['submit', 'approve', 'reject', 'return', 'withdraw'])

/** One thing to decide, with what is needed to decide it, and its two buttons under the thumb. */
export function InboxRow({ item, isChosen, onChoose, onWord }: InboxRowProps) {
  const { t } = useTranslation()
  const { record, turn } = item
  const title = record.label ?? t('approval.inbox.hidden')
  const submitter = item.submitter?.label ?? t('record.somebody')
  return (
    <li className="inbox-item">
      {turn === null ? null : (
        <Checkbox
          aria-label={t('approval.inbox.choose', { title })}
          checked={isChosen}
          onChange={() => onChoose(turn)}
        />
      )}
      <Avatar name={submitter} person size="medium" />
      <div className="inbox-text">
        <div className="row inbox-head">
          {record.id === null || item.entity === null ? (
            <span className="ink-3">{title}</span>
          ) : (
            <Link className="strong cut" to={recordAddress(item.entity, record.id)}>
              {title}
            </Link>
          )}
          <span className={`approval-state ${item.state}`}>
            {item.act === null
              ? item.state === 'running'
                ? (item.level ?? t('approval.state.running'))
                : t(`approval.state.${item.state}`)
              : `${t(`approval.${item.act}`)} · ${t(`approval.state.${item.state}`)}`}
          </span>
        </div>
        <p className="t13 ink-3 inbox-meta">
          <span>{item.label}</span>
          <span>{t('approval.inbox.by', { person: submitter })}</span>
          <InstantText instant={item.at} />
          {item.instead_of === null ? null : (
            <span>{t('approval.insteadOf', { person: item.instead_of.label ?? '' })}</span>
          )}
        </p>
        {item.comment === null ? null : <p className="event-text">{item.comment}</p>}
        {item.words.length === 0 ? null : (
          <ul className="inbox-words t13">
            {item.words.map(({ by, act, comment, at }) => (
              <li key={at}>
                <span className="ink-3">
                  {t('approval.inbox.said', {
                    person: by?.label ?? t('record.somebody'),
                    // To whom it was handed on stands in the trail.
                    act: OF_NOBODY_ELSE.has(act) ? t(`approval.act.${act}`) : '',
                  })}
                </span>{' '}
                {comment}
              </li>
            ))}
          </ul>
        )}
        <Facts item={item} />
      </div>
      {turn === null ? null : (
        <div className="inbox-acts">
          <Button type="primary" onClick={() => onWord('approve')}>
            {t('approval.approve')}
          </Button>
          <Button onClick={() => onWord('reject')}>{t('approval.reject')}</Button>
        </div>
      )}
    </li>
  )
}

function Facts({ item }: { readonly item: InboxItem }) {
  const entity = useEntity(item.entity ?? undefined)
  const values = item.record.values
  if (entity === undefined || values === undefined) return null
  const fields = entity.fields.filter(({ name }) => values[name] !== undefined && values[name] !== null)
  if (fields.length === 0) return null
  return (
    <dl className="inbox-facts t13">
      {fields.map((field) => (
        <div key={field.name}>
          <dt className="ink-3">{field.label}</dt>
          <dd>
            <FieldValue entity={entity} field={field} value={values[field.name]} compact />
          </dd>
        </div>
      ))}
    </dl>
  )
}
