import { useDraggable } from '@dnd-kit/core'
import type { KeyboardEvent } from 'react'
import { Link } from 'react-router'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { tintOf } from '../../kit/Chip.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { depthOf } from '../../kit/StageMark.tsx'
import { wallClockOf } from '../../kit/zoned.ts'
import { titleOf } from '../../values/references.ts'
import { recordAddress } from '../frame/places.ts'
import type { CalendarParts } from './Calendar.tsx'
import { minutesTo, QUARTER } from './hours.ts'

interface DayChipProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly date: Field
  /** The field whose value gives it its colour. */
  readonly colour: Field | undefined
  /** The day on which this chip lies: of a record of several days there is one on each. */
  readonly day: string
  /** Undefined where the person may not change the date. */
  readonly onStep: CalendarParts['onStep']
  /** Minutes since midnight at which it begins, where it stands on hours. */
  readonly from?: number | undefined
}

/** What is known of a chip that is dragged. */
export type ChipPlace = Pick<DayChipProps, 'record' | 'day' | 'from'>

/** Days and minutes by which an arrow takes a chip: of a month, and of a day's hours. */
type Steps = Readonly<Record<string, readonly [days: number, minutes: number]>>
const ASIDE: Steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0] }
const BY_DAYS: Steps = { ...ASIDE, ArrowUp: [-7, 0], ArrowDown: [7, 0] }
const BY_HOURS: Steps = { ...ASIDE, ArrowUp: [0, -QUARTER], ArrowDown: [0, QUARTER] }

/** A record on its day: dragged, or with Shift and an arrow, it goes to another day or hour. */
export function DayChip({ entity, record, date, colour, day, onStep, from }: DayChipProps) {
  const disabled = onStep === undefined
  const { setNodeRef, listeners, isDragging } = useDraggable({
    ...{ id: `${record.id} ${day}`, data: { record, day, from } satisfies ChipPlace, disabled },
  })
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = (from === undefined ? BY_DAYS : BY_HOURS)[event.key]
    if (by === undefined || !event.shiftKey || onStep === undefined) return
    event.preventDefault()
    event.stopPropagation()
    onStep(record, by[0], from === undefined || by[1] === 0 ? 0 : minutesTo(from, by[1]))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of the link that it holds
    <div
      ref={setNodeRef}
      {...listeners}
      className={isDragging ? 'day-place gone' : 'day-place'}
      data-id={record.id}
      onKeyDown={onKeyDown}
    >
      <ChipLink {...{ entity, record, date, colour }} />
    </div>
  )
}

/** What a chip shows: a mark in the colour of its value, the time where it has one, the title. */
export function ChipLink({
  entity,
  record,
  date,
  colour,
}: Pick<DayChipProps, 'entity' | 'record' | 'date' | 'colour'>) {
  const { model } = useWork()
  const value = colour === undefined ? undefined : record[colour.name]
  const stages = colour === undefined ? undefined : entity.pipelines[colour.name]
  const option = colour?.options?.find(({ name }) => name === value)
  const at = record[date.name]
  const time =
    date.type === 'date_time' && typeof at === 'string'
      ? wallClockOf(at, model.timeZone).time.slice(0, 5)
      : undefined
  return (
    <Link
      className={`day-chip ${stages === undefined ? tintOf(option?.color) : ''}`.trim()}
      to={recordAddress(entity.name, record.id)}
      draggable={false}
      title={titleOf(entity, record)}
    >
      {stages === undefined || typeof value !== 'string' ? null : (
        <i className={`tenon-mark depth-${depthOf(stages, value)}`} />
      )}
      {time === undefined ? null : <span className="num day-time">{time}</span>}
      <span className="cut">{titleOf(entity, record)}</span>
    </Link>
  )
}
