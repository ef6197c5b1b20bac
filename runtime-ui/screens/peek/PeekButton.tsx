import { useTranslation } from 'react-i18next'
import { Icon } from '../../kit/icons/Icon.tsx'
import { openPeek } from './open-peek.ts'
import './peek-button.css'

/** Shows the row at the side, which its press has made the one in use. */
export function PeekButton({ title }: { readonly title: string }) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      tabIndex={-1}
      className="plain-button peek-button"
      aria-label={t('peek.open', { title })}
      title={t('peek.hint')}
      onClick={openPeek}
    >
      <Icon name="eye" size="small" />
    </button>
  )
}
