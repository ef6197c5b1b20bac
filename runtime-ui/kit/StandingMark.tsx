import { useTranslation } from 'react-i18next'
import type { Standing } from '../api/rights.ts'
import { formatDate, formatInstant } from './format.ts'
import { useLanguage, useWork } from './model-context.tsx'
import type { UiLanguage } from './remembered.ts'
import { today, wallClockOf } from './zoned.ts'

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
          : t('standing.absentUntil', { when: endOf(until, language, timeZone) })}
      </span>
    </span>
  )
}

/** The day on which an absence ends; of today the time. */
function endOf(until: string, language: UiLanguage, timeZone: string): string {
  const { date } = wallClockOf(until, timeZone)
  const now = today(timeZone)
  return date === now ? formatInstant(until, language, timeZone) : formatDate(date, language, now)
}
