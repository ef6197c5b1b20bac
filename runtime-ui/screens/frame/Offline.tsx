import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../kit/icons/Icon.tsx'
import './offline.css'

function watch(listener: () => void): () => void {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

/** A quiet line while there is no connection: what is shown may be old, and what is saved stays in its form. */
export function Offline() {
  const { t } = useTranslation()
  const isOffline = useSyncExternalStore(watch, () => !navigator.onLine)
  return (
    <div className={isOffline ? 'offline no-print' : 'offline idle'} role="status">
      {isOffline ? (
        <>
          <Icon name="alert" size="small" />
          {t('frame.offline')}
        </>
      ) : null}
    </div>
  )
}
