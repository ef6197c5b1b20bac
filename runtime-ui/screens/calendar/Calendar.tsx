import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { ListQuestion } from '../../api/records.ts'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { formatDate, formatMonth } from '../../kit/format.ts'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useLanguage, useWork } from '../../kit/model-context.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { useIsSample } from '../../kit/still.ts'
import { useIsPhone } from '../../kit/use-media.ts'
import { today } from '../../kit/zoned.ts'
import type { ListParts } from '../list/ListHead.tsx'
import { Sums } from '../list/Sums.tsx'
import { useTotals } from '../list/use-list.ts'
import { Agenda } from './Agenda.tsx'
import { CalendarDrag } from './CalendarDrag.tsx'
import { CalendarHead } from './CalendarHead.tsx'
import './calendar.css'
import { DayCell } from './DayCell.tsx'
import { DaySums, useDaySums } from './DaySums.tsx'
import { byDay, daysRule, monthOf, valueOn, weekOf, weekStart } from './days.ts'
import { HourGrid } from './HourGrid.tsx'
import { MOST_RECORDS, useDays, useMoveDay } from './use-calendar.ts'
import { WeekStrip } from './WeekStrip.tsx'

interface CalendarProps extends ListParts {
  readonly date: Field
  readonly question: ListQuestion
}

/** What the parts of a calendar share. */
export interface CalendarParts {
  readonly entity: Entity
  readonly date: Field
  readonly colour: Field | undefined
  /** Undefined where the person may not make any. */
  readonly onNew: ((day: string, time?: string) => void) | undefined
  /** Undefined where the person may not change the date. */
  readonly onStep: ((record: RecordData, days: number, minutes?: number) => void) | undefined
  readonly onOpen: (day: string) => void
  /** What the view sums up of a day. */
  readonly sumsOf: (day: string, isLabelled?: boolean) => ReactNode
}

/** Chips in a day of a month. */
const ROOM = 3
const COLOURED: ReadonlySet<string> = new Set(['select', 'stage'])

/** Records on their days: a month or a week at a desk, a day with the week above it on a phone. */
export function Calendar({ entity, view, state, change, date, question }: CalendarProps) {
  const { t } = useTranslation()
  const { model } = useWork()
  const language = useLanguage()
  const phone = useIsPhone()
  const navigate = useNavigate()
  const isSample = useIsSample()
  const zone = model.timeZone
  const now = today(zone)
  const day = state.day ?? now
  const isHours = date.type === 'date_time' && (phone || state.span === 'week')
  const isWeek = phone || state.span === 'week'
  const start = weekStart(localeOf(language))
  const days = isWeek ? weekOf(day, start) : monthOf(day, start)
  const until = entity.fields.find(({ name }) => name === view?.until)
  const found = useDays(entity, date, until, days, question)
  // Of the month itself, without the days of its neighbours that are shown with it.
  const own = isWeek ? days : days.filter((one) => one.slice(0, 7) === day.slice(0, 7))
  const within = daysRule(date, until, own[0]!, own.at(-1)!, zone)
  const sums = useTotals(entity, view, state, within)
  const daySums = useDaySums(entity, view, state, date, within)
  const move = useMoveDay(entity, date, until)
  const [opened, setOpened] = useState<string>()
  const stay = useFocusStays(found.data)
  const records = byDay(found.data?.records ?? [], date, until, days, zone)
  const isMovable = entity.rights.update && entity.rights.onTurn !== true && date.writable
  const parts: CalendarParts = {
    ...{ entity, date },
    colour: view?.columns
      .map(({ field }) => entity.fields.find(({ name }) => name === field))
      .find((field) => field !== undefined && COLOURED.has(field.type)),
    onNew: entity.rights.create
      ? (on, time) => {
          const preset = new URLSearchParams({ [`set.${date.name}`]: valueOn(date, on, zone, time) })
          void navigate(`/records/${entity.name}/new?${preset}`)
        }
      : undefined,
    onStep: isMovable
      ? (record, by, minutes) => {
          stay(record.id)
          void move(record, by, minutes)
        }
      : undefined,
    onOpen: setOpened,
    sumsOf: (on, isLabelled) => <DaySums {...{ entity, view, isLabelled }} figures={daySums.get(on)} />,
  }
  const title = formatMonth(isWeek && !phone ? days[3]! : day, language)
  return (
    <>
      <CalendarHead
        {...{ title, isWeek, day, now, phone }}
        sums={<Sums entity={entity} view={view} totals={sums.data} />}
        onDay={(next) => change({ day: next === now ? undefined : next }, true)}
        onSpan={(span) => change({ span })}
      />
      {found.data?.isCut ? (
        <p className="note calendar-note">{t('calendar.most', { count: MOST_RECORDS })}</p>
      ) : null}
      {found.isError && found.data === undefined ? (
        <ProblemState error={found.error} title={t('list.failed')} retry={() => void found.refetch()} />
      ) : found.isPending ? (
        <LoadingRows rows={10} />
      ) : (
        <CalendarDrag parts={parts} isHours={isHours}>
          {phone ? (
            <div
              className={isHours ? 'calendar-day' : 'list-body'}
              aria-busy={found.isFetching}
              inert={isSample}
            >
              <WeekStrip {...{ days, day, now, records }} onDay={(next) => change({ day: next }, true)} />
              <div className="row agenda-day">
                <h2 className="h3 grow">{formatDate(day, language, now)}</h2>
                {parts.sumsOf(day, true)}
              </div>
              {isHours ? (
                <HourGrid {...parts} {...{ until, records }} days={[day]} />
              ) : (
                <Agenda {...parts} day={day} records={records.get(day) ?? []} />
              )}
            </div>
          ) : (
            <section
              className={isWeek ? 'calendar week' : 'calendar'}
              aria-label={`${view?.label} · ${title}`}
              aria-busy={found.isFetching}
              inert={isSample}
            >
              {isHours ? (
                <HourGrid {...parts} {...{ days, until, records }} />
              ) : (
                <>
                  <WeekStrip.Names days={days} />
                  <div className={daySums.size === 0 ? 'calendar-days' : 'calendar-days summed'}>
                    {days.map((one) => (
                      <DayCell
                        key={one}
                        {...parts}
                        day={one}
                        records={records.get(one) ?? []}
                        room={isWeek ? Number.POSITIVE_INFINITY : ROOM}
                        isOther={!isWeek && one.slice(0, 7) !== day.slice(0, 7)}
                      />
                    ))}
                  </div>
                </>
              )}
            </section>
          )}
        </CalendarDrag>
      )}
      <Sheet
        open={opened !== undefined}
        title={opened === undefined ? '' : formatDate(opened, language, now)}
        onClose={() => setOpened(undefined)}
      >
        {opened === undefined ? null : <Agenda {...parts} day={opened} records={records.get(opened) ?? []} />}
      </Sheet>
    </>
  )
}

/** Whoever moves a chip by keys goes on with it where it comes to stand. */
function useFocusStays(shown: unknown): (id: string) => void {
  const moved = useRef<string>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked for when what is shown is another
  useEffect(() => {
    if (moved.current === undefined || document.activeElement !== document.body) return
    document.querySelector<HTMLElement>(`.day-place[data-id="${moved.current}"] a`)?.focus()
  }, [shown])
  return (id) => {
    moved.current = document.activeElement?.closest(`[data-id="${id}"]`) === null ? undefined : id
  }
}

/** The browser's own variety of the language: where a week begins differs by country. Some name it as systems do: en-US@posix. */
const localeOf = (language: string): string => {
  const own = navigator.language.replace(/[@.].*$/, '')
  return own.startsWith(language.slice(0, 2)) ? own : language
}
