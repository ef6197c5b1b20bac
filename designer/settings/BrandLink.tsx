import { useTranslation } from 'react-i18next'
import { BRAND_ADDRESS, BRAND_SETTINGS } from './brand.ts'

/** Where a setting of the brand is seen while it is chosen; nothing for another one. */
export function BrandLink({ name }: { readonly name: string }) {
  const { t } = useTranslation()
  if (!BRAND_SETTINGS.has(name)) return null
  return (
    <p className="t13 ink-2">
      {t('setting.brand')}{' '}
      <a className="link" href={BRAND_ADDRESS}>
        {t('setting.toBrand')}
      </a>
    </p>
  )
}
