import { Segmented } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { addDays, addMonths } from './days.ts'

interface CalendarHeadProps {
  readonly title: string
  readonly isWeek: boolean
  readonly day: string
  readonly now: string
  readonly phone: boolean
  /** What the view sums up, of the days that are shown. */
  readonly sums: ReactNode
  readonly onDay: (day: string) => void
  readonly onSpan: (span: 'week' | undefined) => void
}

/** Which month or week is shown, and the way to the next one. */
export function CalendarHead({ title, isWeek, day, now, phone, sums, onDay, onSpan }: CalendarHeadProps) {
  const { t } = useTranslation()
  const step = (by: -1 | 1): void => onDay(isWeek ? addDays(day, by * 7) : addMonths(day, by))
  return (
    <div className="row calendar-head">
      <h2 className="h3 calendar-title" aria-live="polite">
        {title}
      </h2>
      <IconButton
        label={t(isWeek ? 'calendar.weekBefore' : 'calendar.monthBefore')}
        icon={<Icon name="chevron_left" />}
        onClick={() => step(-1)}
      />
      <Button disabled={day === now} onClick={() => onDay(now)}>
        {t('calendar.today')}
      </Button>
      <IconButton
        label={t(isWeek ? 'calendar.weekAfter' : 'calendar.monthAfter')}
        icon={<Icon name="chevron_right" />}
        onClick={() => step(1)}
      />
      <span className="end num t13 calendar-sums">{sums}</span>
      {phone ? null : (
        <Segmented
          aria-label={t('calendar.span')}
          value={isWeek ? 'week' : 'month'}
          options={[
            { value: 'month', label: t('calendar.month') },
            { value: 'week', label: t('calendar.week') },
          ]}
          onChange={(span) => onSpan(span === 'week' ? 'week' : undefined)}
        />
      )}
    </div>
  )
}
