import { DndContext, type DragEndEvent, DragOverlay, MouseSensor, useSensor, useSensors } from '@dnd-kit/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { ListQuestion } from '../../api/records.ts'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { formatDate, formatMonth } from '../../kit/format.ts'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useLanguage, useWork } from '../../kit/model-context.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { useIsPhone } from '../../kit/use-media.ts'
import { today } from '../../kit/zoned.ts'
import type { ListParts } from '../list/ListHead.tsx'
import { Sums } from '../list/Sums.tsx'
import { useTotals } from '../list/use-list.ts'
import { Agenda } from './Agenda.tsx'
import { CalendarHead } from './CalendarHead.tsx'
import './calendar.css'
import { DayCell } from './DayCell.tsx'
import { ChipLink } from './DayChip.tsx'
import { byDay, daysRule, monthOf, valueOn, weekOf, weekStart } from './days.ts'
import { MOST_RECORDS, useDays, useMoveDay } from './use-calendar.ts'
import { WeekHours } from './WeekHours.tsx'
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
  readonly onStep: ((record: RecordData, days: number) => void) | undefined
  readonly onOpen: (day: string) => void
}

/** Chips in a day of a month. */
const ROOM = 3
/** Pixels that a chip is pulled before it is dragged: less is a click. */
const PULL = 6
const COLOURED: ReadonlySet<string> = new Set(['select', 'stage'])

/** Records on their days: a month or a week at a desk, a day with the week above it on a phone. */
export function Calendar({ entity, view, state, change, date, question }: CalendarProps) {
  const { t } = useTranslation()
  const { model } = useWork()
  const language = useLanguage()
  const phone = useIsPhone()
  const navigate = useNavigate()
  const zone = model.timeZone
  const now = today(zone)
  const day = state.day ?? now
  const isWeek = phone || state.span === 'week'
  const start = weekStart(localeOf(language))
  const days = isWeek ? weekOf(day, start) : monthOf(day, start)
  const until = entity.fields.find(({ name }) => name === view?.until)
  const found = useDays(entity, date, until, days, question)
  // Of the month itself, without the days of its neighbours that are shown with it.
  const own = isWeek ? days : days.filter((one) => one.slice(0, 7) === day.slice(0, 7))
  const sums = useTotals(entity, view, state, daysRule(date, until, own[0]!, own.at(-1)!, zone))
  const move = useMoveDay(entity, date, until)
  const [opened, setOpened] = useState<string>()
  const [dragged, setDragged] = useState<{ readonly record: RecordData; readonly day: string }>()
  const sensors = useSensors(useSensor(MouseSensor, { activationConstraint: { distance: PULL } }))
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
    onStep: isMovable ? (record, by) => void move(record, by) : undefined,
    onOpen: setOpened,
  }
  const onDragEnd = ({ over }: DragEndEvent): void => {
    if (dragged !== undefined && over !== null)
      void move(dragged.record, daysBetween(dragged.day, String(over.id)))
    setDragged(undefined)
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
      ) : phone ? (
        <div className="list-body" aria-busy={found.isFetching}>
          <WeekStrip {...{ days, day, now, records }} onDay={(next) => change({ day: next }, true)} />
          <h2 className="h3 agenda-day">{formatDate(day, language, now)}</h2>
          <Agenda {...parts} day={day} records={records.get(day) ?? []} />
        </div>
      ) : (
        <DndContext
          sensors={sensors}
          accessibility={{ screenReaderInstructions: { draggable: t('calendar.keys') } }}
          onDragStart={({ active }) => setDragged(active.data.current as typeof dragged)}
          onDragEnd={onDragEnd}
          onDragCancel={() => setDragged(undefined)}
        >
          <section
            className={isWeek ? 'calendar week' : 'calendar'}
            aria-label={`${view?.label} · ${title}`}
            aria-busy={found.isFetching}
          >
            {isWeek && date.type === 'date_time' ? (
              <WeekHours {...parts} {...{ days, until, records }} />
            ) : (
              <>
                <WeekStrip.Names days={days} />
                <div className="calendar-days">
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
          <DragOverlay dropAnimation={null}>
            {dragged === undefined ? null : (
              <div className="day-lifted">
                <ChipLink {...parts} record={dragged.record} />
              </div>
            )}
          </DragOverlay>
        </DndContext>
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

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

/** The browser's own variety of the language: where a week begins differs by country. */
const localeOf = (language: string): string =>
  navigator.language.startsWith(language.slice(0, 2)) ? navigator.language : language
