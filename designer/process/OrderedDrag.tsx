import { closestCenter, DndContext, type DragEndEvent, pointerWithin } from '@dnd-kit/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useDragSensors } from '../canvas/use-drag-sensors.ts'

interface OrderedDragProps {
  readonly onDrop: (from: number, before: number) => void
  readonly children: ReactNode
}

/** Entries in an order that is changed by dragging. */
export function OrderedDrag({ onDrop, children }: OrderedDragProps) {
  const { t } = useTranslation()
  const sensors = useDragSensors()
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
