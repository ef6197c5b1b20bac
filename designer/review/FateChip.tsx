import { useTranslation } from 'react-i18next'
import type { Fate } from '../store/draft.ts'

/** What becomes of a definition by the draft. */
export function FateChip({ fate }: { readonly fate: Fate | undefined }) {
  const { t } = useTranslation()
  if (fate === undefined) return null
  return <span className={fate === 'removed' ? 'chip clay' : 'chip jade'}>{t(`drafts.fate.${fate}`)}</span>
}
