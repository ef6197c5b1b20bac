import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** Pixels that something is pulled before it is dragged: less is a click. */
const PULL = 6
/** Milliseconds that a finger rests before it drags: less scrolls. */
const REST_MS = 250

interface OrderedDragProps {
  readonly onDrop: (from: number, before: number) => void
  readonly children: ReactNode
}

/** Entries in an order that is changed by dragging. */
export function OrderedDrag({ onDrop, children }: OrderedDragProps) {
  const { t } = useTranslation()
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: PULL } }),
    useSensor(TouchSensor, { activationConstraint: { delay: REST_MS, tolerance: PULL } }),
  )
  const onDragEnd = ({ active, over }: DragEndEvent): void => {
    const from = (active.data.current as { readonly entry: number }).entry
    const before = (over?.data.current as { readonly before: number } | undefined)?.before
    if (before !== undefined) onDrop(from, before)
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={(given) => {
        const within = pointerWithin(given)
        return within.length > 0 ? within : closestCenter(given)
      }}
      accessibility={{ screenReaderInstructions: { draggable: t('layouts.keys') } }}
      onDragEnd={onDragEnd}
    >
      {children}
    </DndContext>
  )
}
