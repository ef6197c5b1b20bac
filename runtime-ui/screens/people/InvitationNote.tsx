import { useTranslation } from 'react-i18next'
import type { Invitation } from '../../api/account.ts'
import { InstantText } from '../../kit/DateText.tsx'
import { SecretLine } from '../account/SecretLine.tsx'

/** What comes of an invitation: a mail on its way, or the link to pass on. */
export function InvitationNote({
  name,
  invitation,
}: {
  readonly name: string
  readonly invitation: Invitation
}) {
  const { t } = useTranslation()
  const { purpose, mailed, link, expires_at } = invitation
  if (mailed || link === undefined) return <p role="status">{t(`invite.mailed.${purpose}`, { name })}</p>
  return (
    <div className="invitation" role="status">
      <p>{t(`invite.passOn.${purpose}`, { name })}</p>
      <SecretLine label={t('invite.link')} secret={link} />
      {expires_at === undefined ? null : (
        <p className="t12 ink-3">
          {t('invite.goodUntil')} <InstantText instant={expires_at} />
        </p>
      )}
    </div>
  )
}
