import { useTranslation } from 'react-i18next'
import { Sheet } from '../../kit/Sheet.tsx'
import { KeyList } from './KeyList.tsx'
import { KEYS, type KeyPlace } from './keys.ts'

/** The map of the keys. */
export function KeysSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Sheet open title={t('keys.title')} onClose={onClose}>
      {(Object.keys(KEYS) as KeyPlace[]).map((place) => (
        <KeyList key={place} place={place} />
      ))}
    </Sheet>
  )
}
