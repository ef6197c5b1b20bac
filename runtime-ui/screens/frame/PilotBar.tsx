import { useTranslation } from 'react-i18next'
import type { Me } from '../../api/types.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { openRequest } from '../requests/open-request.ts'
import './view-bar.css'

/** Says quietly that one tries what others do not have yet, and asks how it goes. */
export function PilotBar({ me }: { readonly me: Me }) {
  const { t } = useTranslation()
  if (me.pilot === undefined) return null
  return (
    <section className="view-bar trying" aria-label={t('trying.label')}>
      <Icon name="users" size="small" />
      <span className="cut">{t('trying.here', { label: me.pilot.label })}</span>
      {me.viewer === undefined ? (
        <button type="button" className="plain-button" onClick={openRequest}>
          {t('trying.tell')}
        </button>
      ) : null}
    </section>
  )
}
