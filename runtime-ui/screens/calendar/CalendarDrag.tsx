import {
  type CollisionDetection,
  DndContext,
  type DragEndEvent,
  type DragMoveEvent,
  DragOverlay,
  MouseSensor,
  pointerWithin,
  rectIntersection,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordData } from '../../api/types.ts'
import { useWork } from '../../kit/model-context.tsx'
import type { CalendarParts } from './Calendar.tsx'
import { ChipLink, type ChipPlace } from './DayChip.tsx'
import { type DayPlace, movedBy } from './days.ts'
import { minutesTo } from './hours.ts'

/** Pixels that a chip is pulled before it is dragged: less is a click. */
const PULL = 6
/** A finger rests so long before it drags: less is a scroll. */
const REST_MS = 250

interface CalendarDragProps {
  readonly parts: CalendarParts
  /** Whether chips stand on hours. */
  readonly isHours: boolean
  readonly children: ReactNode
}

/** Where a chip would come to, from where it was taken. */
interface Way {
  readonly days: number
  readonly minutes: number
}

/** Chips are pulled to another day, on hours to another time as well; while they are in the hand they say to which. */
export function CalendarDrag({ parts, isHours, children }: CalendarDragProps) {
  const { t } = useTranslation()
  const zone = useWork().model.timeZone
  const [held, setHeld] = useState<ChipPlace>()
  const [way, setWay] = useState<Way>()
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: PULL } }),
    useSensor(TouchSensor, { activationConstraint: { delay: REST_MS, tolerance: PULL } }),
  )
  const wayOf = ({ delta, over }: DragMoveEvent | DragEndEvent): Way | undefined => {
    const place = over?.data.current as DayPlace | undefined
    if (held === undefined || place === undefined || over === null) return undefined
    const days = daysBetween(held.day, place.day)
    if (held.from === undefined || !place.isHours) return { days, minutes: 0 }
    return { days, minutes: minutesTo(held.from, (delta.y / over.rect.height) * 1440) }
  }
  const end = (): void => {
    setHeld(undefined)
    setWay(undefined)
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={atPointer}
      accessibility={{
        screenReaderInstructions: { draggable: t(isHours ? 'calendar.hourKeys' : 'calendar.keys') },
      }}
      onDragStart={({ active }) => setHeld(active.data.current as ChipPlace)}
      onDragMove={(event) => {
        const next = wayOf(event)
        if (next?.days !== way?.days || next?.minutes !== way?.minutes) setWay(next)
      }}
      onDragEnd={(event) => {
        const last = wayOf(event)
        if (held !== undefined && last !== undefined) parts.onStep?.(held.record, last.days, last.minutes)
        end()
      }}
      onDragCancel={end}
    >
      {children}
      <DragOverlay dropAnimation={null}>
        {held === undefined ? null : (
          <div className="day-lifted">
            <ChipLink {...parts} record={movedRecord(held.record, parts, way, zone)} />
          </div>
        )}
      </DragOverlay>
    </DndContext>
  )
}

/** What is under the pointer: on hours a chip is longer than the way that it goes. */
const atPointer: CollisionDetection = (given) => {
  const hit = pointerWithin(given)
  return hit.length > 0 ? hit : rectIntersection(given)
}

function movedRecord(
  record: RecordData,
  { date }: CalendarParts,
  way: Way | undefined,
  zone: string,
): RecordData {
  if (way === undefined) return record
  return { ...record, [date.name]: movedBy(date, record[date.name], way, zone) }
}

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
