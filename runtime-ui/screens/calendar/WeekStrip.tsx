import { useDroppable } from '@dnd-kit/core'
import { useTranslation } from 'react-i18next'
import type { RecordData } from '../../api/types.ts'
import { formatDate } from '../../kit/format.ts'
import { useLanguage } from '../../kit/model-context.tsx'
import type { DayPlace } from './days.ts'

interface WeekStripProps {
  readonly days: readonly string[]
  readonly day: string
  readonly now: string
  readonly records: ReadonlyMap<string, readonly RecordData[]>
  readonly onDay: (day: string) => void
}

/** On a phone: the days of a week, of which one is shown below. */
export function WeekStrip({ days, day, now, records, onDay }: WeekStripProps) {
  const { t } = useTranslation()
  const names = useNames(days)
  return (
    <nav className="week-strip" aria-label={t('calendar.days')}>
      {days.map((one, at) => (
        <StripDay
          key={one}
          {...{ one, day, now, onDay }}
          name={names[at]!}
          count={records.get(one)?.length ?? 0}
        />
      ))}
    </nav>
  )
}

interface StripDayProps extends Pick<WeekStripProps, 'day' | 'now' | 'onDay'> {
  readonly one: string
  readonly name: string
  readonly count: number
}

/** A day of the strip: pressed it is shown, and what is pulled to it goes there. */
function StripDay({ one, day, now, name, count, onDay }: StripDayProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { setNodeRef, isOver } = useDroppable({
    ...{ id: `strip ${one}`, data: { day: one, isHours: false } satisfies DayPlace },
  })
  const classes = ['plain-button', one === day ? 'on' : '', one === now ? 'now' : '', isOver ? 'over' : '']
  return (
    <button
      ref={setNodeRef}
      type="button"
      className={classes.filter((given) => given !== '').join(' ')}
      aria-current={one === day ? 'date' : undefined}
      aria-label={t('calendar.open', { day: formatDate(one, language, now), count })}
      onClick={() => onDay(one)}
    >
      <span className="t12 ink-3">{name}</span>
      <span className="num">{Number(one.slice(8))}</span>
      <i className={count > 0 ? 'dot' : 'dot none'} />
    </button>
  )
}

/** The names of the days above a calendar. */
WeekStrip.Names = function Names({ days }: Pick<WeekStripProps, 'days'>) {
  return (
    <div className="calendar-names t12 ink-3" aria-hidden="true">
      {useNames(days).map((name) => (
        <span key={name}>{name}</span>
      ))}
    </div>
  )
}

function useNames(days: readonly string[]): readonly string[] {
  const language = useLanguage()
  const format = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  return days.slice(0, 7).map((day) => format.format(new Date(`${day}T00:00:00Z`)))
}
