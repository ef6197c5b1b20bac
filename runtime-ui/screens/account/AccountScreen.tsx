import { useTranslation } from 'react-i18next'
import { useWork } from '../../kit/model-context.tsx'
import { Page } from '../../kit/Page.tsx'
import { NotificationsSection } from './NotificationsSection.tsx'
import { PasswordSection } from './PasswordSection.tsx'
import { ProfileSection } from './ProfileSection.tsx'
import { SessionsSection } from './SessionsSection.tsx'
import { TokensSection } from './TokensSection.tsx'
import './account.css'

/** One's own account: who one is, when one works, password, sessions, tokens. */
export function AccountScreen() {
  const { t } = useTranslation()
  const { me } = useWork()
  return (
    <Page title={t('account.title')} line>
      <div className="account">
        <ProfileSection />
        <NotificationsSection />
        <PasswordSection />
        <SessionsSection />
        {me.administration.includes('tokens') ? <TokensSection /> : null}
      </div>
    </Page>
  )
}
