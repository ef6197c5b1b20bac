import { useTranslation } from 'react-i18next'
import type { Standing } from '../api/rights.ts'
import { formatInstant } from './format.ts'
import { useLanguage, useWork } from './model-context.tsx'

/** Where a user stands: a dot and the word. */
export function StandingMark({ standing, until }: Pick<Standing, 'standing' | 'until'>) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { timeZone } = useWork().model
  return (
    <span className={`row standing standing-${standing}`}>
      <i aria-hidden="true" />
      <span className="cut">
        {until === null
          ? t(`standing.${standing}`)
          : t('standing.absentUntil', { when: formatInstant(until, language, timeZone) })}
      </span>
    </span>
  )
}
