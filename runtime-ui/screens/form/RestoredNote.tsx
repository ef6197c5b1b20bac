import { useTranslation } from 'react-i18next'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'

/** What was typed before the page was loaded anew is there again, until somebody says otherwise. */
export function RestoredNote({ onDrop }: { readonly onDrop: () => void }) {
  const { t } = useTranslation()
  return (
    <p className="row note restored-note" role="status">
      <Icon name="history" />
      <span className="grow">{t('form.restored')}</span>
      <Button size="small" onClick={onDrop}>
        {t('form.drop')}
      </Button>
    </p>
  )
}
