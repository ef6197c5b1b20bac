import { useDroppable } from '@dnd-kit/core'
import { type CSSProperties, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field, RecordData } from '../../api/types.ts'
import { formatDate } from '../../kit/format.ts'
import { useLanguage, useWork } from '../../kit/model-context.tsx'
import { today, wallClockOf } from '../../kit/zoned.ts'
import type { CalendarParts } from './Calendar.tsx'
import { DayChip } from './DayChip.tsx'
import type { DayPlace } from './days.ts'
import { type DayHours, hoursOf, MOST_BESIDE, type Placed, timeAt } from './hours.ts'
import './hours.css'

interface HourGridProps extends CalendarParts {
  readonly days: readonly string[]
  readonly until: Field | undefined
  readonly records: ReadonlyMap<string, readonly RecordData[]>
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)
/** Where one looks first. */
const MORNING = 7.5

/** A day or a week on its hours: what has a time stands at it, as long as it takes; what takes days stands above. */
export function HourGrid({ days, until, records, ...parts }: HourGridProps) {
  const { t } = useTranslation()
  const { model } = useWork()
  const zone = model.timeZone
  const scroller = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const grid = scroller.current
    if (grid !== null) grid.scrollTop = (grid.scrollHeight / 24) * MORNING
  }, [])
  // Which one it is stands above a single day.
  const isOne = days.length === 1
  const most = isOne ? MOST_BESIDE.day : MOST_BESIDE.week
  const hours = days.map((day) => hoursOf(day, records.get(day) ?? [], parts.date, until, zone, most))
  const hasWhole = hours.some(({ whole }) => whole.length > 0)
  return (
    <section
      className={isOne ? 'week-hours one' : 'week-hours'}
      style={{ '--days': days.length } as CSSProperties}
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
      tabIndex={0}
      aria-label={t(isOne ? 'calendar.dayHours' : 'calendar.hours')}
    >
      {isOne && !hasWhole ? null : (
        <div className="hours-heads">
          <span />
          {days.map((day, at) => (
            <DayHead
              key={day}
              day={day}
              whole={hasWhole ? hours[at]!.whole : []}
              isNamed={!isOne}
              {...parts}
            />
          ))}
        </div>
      )}
      <div className="hours-grid">
        <div className="hours-names t12 ink-3 num" aria-hidden="true">
          {HOURS.map((hour) => (
            <span key={hour}>{hour === 0 ? '' : `${String(hour).padStart(2, '0')}:00`}</span>
          ))}
        </div>
        {days.map((day, at) => (
          <HourColumn key={day} day={day} hours={hours[at]!} {...parts} />
        ))}
      </div>
    </section>
  )
}

interface DayHeadProps extends CalendarParts {
  readonly day: string
  readonly whole: readonly RecordData[]
  readonly isNamed: boolean
}

function DayHead({ day, whole, isNamed, ...parts }: DayHeadProps) {
  const { t } = useTranslation()
  const { model } = useWork()
  const language = useLanguage()
  const now = today(model.timeZone)
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  return (
    <div className={day === now ? 'hours-head now' : 'hours-head'}>
      {!isNamed ? null : (
        <button
          type="button"
          className="plain-button hours-day"
          aria-label={t('calendar.open', { day: formatDate(day, language, now), count: whole.length })}
          aria-current={day === now ? 'date' : undefined}
          onClick={() => parts.onOpen(day)}
        >
          <span className="t12 ink-3">{weekday.format(new Date(`${day}T00:00:00Z`))}</span>
          <span className="day-number num">{Number(day.slice(8))}</span>
        </button>
      )}
      {isNamed ? parts.sumsOf(day) : null}
      {whole.map((record) => (
        <DayChip key={record.id} {...parts} {...{ record, day }} />
      ))}
    </div>
  )
}

interface HourColumnProps extends CalendarParts {
  readonly day: string
  readonly hours: DayHours
}

/** Where it stands in its day. */
const placeOf = ({ from, until, lane, lanes }: Omit<Placed, 'record'>): CSSProperties =>
  ({
    '--from': from / 1440,
    '--length': (until - from) / 1440,
    '--lane': lane / lanes,
    '--lanes': lanes,
  }) as CSSProperties

function HourColumn({ day, hours, ...parts }: HourColumnProps) {
  const { t } = useTranslation()
  const { model } = useWork()
  const { setNodeRef, isOver } = useDroppable({ id: day, data: { day, isHours: true } satisfies DayPlace })
  const isToday = day === today(model.timeZone)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the day above opens the same by keys
    <div
      ref={setNodeRef}
      className={isOver ? 'hours-column over' : 'hours-column'}
      data-day={day}
      onClick={({ target, currentTarget, clientY }) => {
        if (target !== currentTarget) return
        const { top, height } = currentTarget.getBoundingClientRect()
        parts.onNew?.(day, timeAt((clientY - top) / height))
      }}
    >
      {isToday ? <Now zone={model.timeZone} /> : null}
      {hours.placed.map(({ record, from, until, lane, lanes }) => (
        <div
          key={record.id}
          className={lanes > 2 ? 'hours-place crowded' : 'hours-place'}
          style={placeOf({ from, until, lane, lanes })}
        >
          <DayChip {...parts} {...{ record, day, from }} />
        </div>
      ))}
      {hours.more.map(({ count, ...place }) => (
        <button
          key={place.from}
          type="button"
          className="plain-button hours-place hours-more t12"
          style={placeOf(place)}
          onClick={() => parts.onOpen(day)}
        >
          {t('calendar.more', { count })}
        </button>
      ))}
    </div>
  )
}

/** Where the day is now. */
function Now({ zone }: { readonly zone: string }) {
  const { time } = wallClockOf(new Date().toISOString(), zone)
  const share = (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) / 1440
  return <i className="hours-now" style={{ top: `${share * 100}%` }} />
}
