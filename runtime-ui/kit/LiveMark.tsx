import { useTranslation } from 'react-i18next'
import { useIsLive } from '../api/live.ts'
import './live.css'

/** Says that what the page shows follows what happens by itself. */
export function LiveMark() {
  const { t } = useTranslation()
  if (!useIsLive()) return null
  return (
    <span className="live-mark t12 ink-3" title={t('live.hint')} data-testid="live">
      <span className="live-dot" aria-hidden="true" />
      {t('live.on')}
    </span>
  )
}
