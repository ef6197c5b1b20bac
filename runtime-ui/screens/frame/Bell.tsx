import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { Menu } from '../../kit/Menu.tsx'
import { useUnread } from '../notifications/use-notifications.ts'
import './bell.css'

const BellPanel = lazy(async () => ({ default: (await import('../notifications/BellPanel.tsx')).BellPanel }))

const MOST_SHOWN = 99

/** How many are unread, where there are any. */
export function UnreadMark() {
  const unread = useUnread()
  if (unread === 0) return null
  return (
    <span className="unread-mark num" aria-hidden="true">
      {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
    </span>
  )
}

/** The bell in the head of the navigation. */
export function Bell() {
  const { t } = useTranslation()
  const unread = useUnread()
  return (
    <Menu
      popup={(close) => (
        <div className="bell-popup">
          <Suspense fallback={<LoadingRows rows={3} />}>
            <BellPanel onDone={close} />
          </Suspense>
        </div>
      )}
    >
      <button
        type="button"
        className="plain-button nav-item bell"
        aria-label={t('notifications.bell', { count: unread })}
      >
        <Icon name="bell" />
        <span className="cut">{t('notifications.title')}</span>
        <span className="end">
          <UnreadMark />
        </span>
      </button>
    </Menu>
  )
}
