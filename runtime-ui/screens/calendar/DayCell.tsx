import { useDroppable } from '@dnd-kit/core'
import { useTranslation } from 'react-i18next'
import type { RecordData } from '../../api/types.ts'
import { IconButton } from '../../kit/Button.tsx'
import { formatDate } from '../../kit/format.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useLanguage, useWork } from '../../kit/model-context.tsx'
import { today } from '../../kit/zoned.ts'
import type { CalendarParts } from './Calendar.tsx'
import { DayChip } from './DayChip.tsx'
import type { DayPlace } from './days.ts'

interface DayCellProps extends CalendarParts {
  readonly day: string
  readonly records: readonly RecordData[]
  /** Chips that the cell has room for; the others are behind “more”. */
  readonly room: number
  /** It belongs to the month before or after. */
  readonly isOther: boolean
}

/** One day: its number, its records, and the way to a new one. */
export function DayCell({ day, records, room, isOther, ...parts }: DayCellProps) {
  const { entity, date, colour, onNew, onStep, onOpen, sumsOf } = parts
  const { t } = useTranslation()
  const { model } = useWork()
  const language = useLanguage()
  const now = today(model.timeZone)
  const { setNodeRef, isOver } = useDroppable({ id: day, data: { day, isHours: false } satisfies DayPlace })
  const name = formatDate(day, language, now)
  const shown = records.length <= room ? records : records.slice(0, room - 1)
  const classes = ['day', isOther ? 'other' : '', day === now ? 'now' : '', isOver ? 'over' : '']
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the button in it does the same by keys
    <div
      ref={setNodeRef}
      className={classes.filter((one) => one !== '').join(' ')}
      data-day={day}
      onClick={({ target, currentTarget }) => {
        if (target === currentTarget || (target as Element).classList.contains('day-records')) onNew?.(day)
      }}
    >
      <div className="row day-head">
        <button
          type="button"
          className="plain-button day-number num"
          aria-label={t('calendar.open', { day: name, count: records.length })}
          aria-current={day === now ? 'date' : undefined}
          onClick={() => onOpen(day)}
        >
          {Number(day.slice(8))}
        </button>
        {onNew === undefined ? null : (
          <IconButton
            className="day-new"
            label={t('calendar.new', { entity: entity.label, day: name })}
            icon={<Icon name="plus" size="small" />}
            onClick={() => onNew(day)}
          />
        )}
      </div>
      <div className="day-records">
        {shown.map((record) => (
          <DayChip key={record.id} {...{ entity, record, date, colour, day, onStep }} />
        ))}
        {shown.length === records.length ? null : (
          <button type="button" className="plain-button day-more t12" onClick={() => onOpen(day)}>
            {t('calendar.more', { count: records.length - shown.length })}
          </button>
        )}
      </div>
      {isOther ? null : sumsOf(day)}
    </div>
  )
}
