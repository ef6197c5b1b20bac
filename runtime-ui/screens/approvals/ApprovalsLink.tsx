import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useHasApprovals, useWaitingCount } from './use-approvals.ts'
import './nav-count.css'

interface ApprovalsLinkProps {
  readonly className: string
  readonly onClick?: () => void
}

/** The way to the inbox, with how many wait; nothing where there is nothing to approve. */
export function ApprovalsLink({ className, onClick }: ApprovalsLinkProps) {
  const { t } = useTranslation()
  const has = useHasApprovals()
  const count = useWaitingCount()
  if (!has) return null
  return (
    <NavLink
      className={({ isActive }) => (isActive ? `${className} on` : className)}
      to="/approvals"
      onClick={onClick}
    >
      <Icon name="task" />
      <span className="cut">{t('approval.title')}</span>
      {count === undefined || count === 0 ? null : (
        <span className="nav-count num">
          <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
          <span className="visually-hidden">{t('approval.inbox.sentence', { count })}</span>
        </span>
      )}
    </NavLink>
  )
}
