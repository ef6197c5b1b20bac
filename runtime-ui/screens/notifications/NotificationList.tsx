import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { RecordData } from '../../api/types.ts'
import { DateText, InstantText } from '../../kit/DateText.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useEntity, useWork } from '../../kit/model-context.tsx'
import { wallClockOf } from '../../kit/zoned.ts'
import { useNotificationActs } from './use-notifications.ts'
import './notifications.css'

export interface NotificationListProps {
  readonly notifications: readonly RecordData[]
  /** One was followed to its record. */
  readonly onFollow?: () => void
}

/** Notifications by day, the newest first. */
export function NotificationList({ notifications, onFollow }: NotificationListProps) {
  const { timeZone } = useWork().model
  const days = byDay(notifications, timeZone)
  return days.map(([day, list]) => (
    <section key={day} className="notification-day">
      <h2 className="t12 ink-3 notification-date">
        <DateText date={day} />
      </h2>
      <ul>
        {list.map((one) => (
          <NotificationRow key={one.id} one={one} {...(onFollow === undefined ? {} : { onFollow })} />
        ))}
      </ul>
    </section>
  ))
}

/** The days in the order of their first notification. */
export function byDay(
  notifications: readonly RecordData[],
  timeZone: string,
): readonly (readonly [string, readonly RecordData[]])[] {
  const days = new Map<string, RecordData[]>()
  for (const one of notifications) {
    const { date } = wallClockOf(String(one.created_at), timeZone)
    days.set(date, [...(days.get(date) ?? []), one])
  }
  return [...days]
}

function NotificationRow({ one, onFollow }: { readonly one: RecordData; readonly onFollow?: () => void }) {
  const { t } = useTranslation()
  const acts = useNotificationActs()
  const entity = useEntity(typeof one.entity === 'string' ? one.entity : undefined)
  const isRead = one.read === true
  const title = String(one.title)
  const to =
    one.entity === 'change_request'
      ? '/requests'
      : one.entity === 'changeset'
        ? `/designer/drafts/${one.record}`
        : entity === undefined || typeof one.record !== 'string'
          ? undefined
          : `/records/${entity.name}/${one.record}${one.flow === 'mention' ? '#comments' : ''}`
  const follow = (): void => {
    void acts.mark(one, true)
    onFollow?.()
  }
  return (
    <li className={isRead ? 'notification' : 'notification unread'} data-id={one.id}>
      <span className="notification-dot">
        {isRead ? null : <span className="visually-hidden">{t('notifications.unread')}</span>}
      </span>
      <div className="grow notification-words">
        {to === undefined ? (
          <span className="notification-title">{title}</span>
        ) : (
          <Link
            className="notification-title notification-link"
            to={to}
            // The designer is a document of its own.
            reloadDocument={to.startsWith('/designer/')}
            onClick={follow}
          >
            {title}
          </Link>
        )}
        {typeof one.text === 'string' && one.text !== '' ? <p className="t13 ink-2">{one.text}</p> : null}
        <span className="t12 ink-3">
          {entity === undefined ? null : `${entity.label} · `}
          <InstantText instant={String(one.created_at)} />
        </span>
      </div>
      <button
        type="button"
        className="plain-button notification-act"
        aria-label={t(isRead ? 'notifications.markUnreadOf' : 'notifications.markReadOf', { title })}
        title={t(isRead ? 'notifications.markUnread' : 'notifications.markRead')}
        onClick={() => void acts.mark(one, !isRead)}
      >
        <Icon name={isRead ? 'undo' : 'check'} />
      </button>
    </li>
  )
}
