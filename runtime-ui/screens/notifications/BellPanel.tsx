import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Button } from '../../kit/Button.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { NotificationList } from './NotificationList.tsx'
import { useNotificationActs, useNotifications, useUnread } from './use-notifications.ts'

const SHOWN = 10

/** The last few, behind the bell. */
export function BellPanel({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation()
  const unread = useUnread()
  const query = useNotifications(false, SHOWN)
  const acts = useNotificationActs()
  const list = query.data?.pages[0]?.data ?? []
  return (
    <section className="bell-panel" aria-label={t('notifications.title')}>
      <div className="row bell-head">
        <span className="strong grow">{t('notifications.title')}</span>
        <Button type="text" size="small" disabled={unread === 0} onClick={() => void acts.markAll()}>
          {t('notifications.markAll')}
        </Button>
      </div>
      <div className="bell-list">
        {query.isPending ? <LoadingRows rows={3} /> : null}
        {query.isError ? <ProblemState error={query.error} title={t('notifications.failed')} /> : null}
        {query.isSuccess && list.length === 0 ? (
          <p className="t13 ink-3 bell-none">{t('notifications.none')}</p>
        ) : null}
        <NotificationList notifications={list} onFollow={onDone} />
      </div>
      <Link className="link t13 bell-all" to="/notifications" onClick={onDone}>
        {t('notifications.showAll')}
      </Link>
    </section>
  )
}
