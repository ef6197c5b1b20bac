import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { Page } from '../../kit/Page.tsx'
import { ProblemState, State } from '../../kit/State.tsx'
import { MoreButton } from '../record/MoreButton.tsx'
import { NotificationList } from './NotificationList.tsx'
import { useNotificationActs, useNotifications, useUnread } from './use-notifications.ts'

const PAGE = 50

/** All that one was told. */
export function NotificationsScreen() {
  const { t } = useTranslation()
  const [onlyUnread, setOnlyUnread] = useState(false)
  const unread = useUnread()
  const query = useNotifications(onlyUnread, PAGE)
  const acts = useNotificationActs()
  const list = query.data?.pages.flatMap((page) => page.data) ?? []
  return (
    <Page
      title={t('notifications.title')}
      line
      beside={unread === 0 ? null : <span className="count num">{unread}</span>}
      acts={
        <Button
          icon={<Icon name="check" />}
          disabled={unread === 0}
          aria-busy={acts.isBusy}
          onClick={() => void acts.markAll()}
        >
          {t('notifications.markAll')}
        </Button>
      }
    >
      <div className="row notification-tools">
        <Segmented
          aria-label={t('notifications.which')}
          value={onlyUnread ? 'unread' : 'all'}
          options={(['all', 'unread'] as const).map((value) => ({
            value,
            label: t(`notifications.${value}`),
          }))}
          onChange={(value) => setOnlyUnread(value === 'unread')}
        />
        <Link className="link t13 end" to="/account#notifications">
          {t('notifications.preferences')}
        </Link>
      </div>
      <div className="notification-body">
        {query.isPending ? <LoadingRows /> : null}
        {query.isError ? (
          <ProblemState
            error={query.error}
            title={t('notifications.failed')}
            retry={() => void query.refetch()}
          />
        ) : null}
        {query.isSuccess && list.length === 0 ? (
          <State
            joint="empty"
            title={t(onlyUnread ? 'notifications.noneUnread' : 'notifications.none')}
            text={t('notifications.noneText')}
          />
        ) : null}
        <NotificationList notifications={list} />
        <MoreButton query={query} />
      </div>
    </Page>
  )
}
