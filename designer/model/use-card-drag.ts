import { type NodeChange, useReactFlow } from '@xyflow/react'
import { useState } from 'react'
import type { Frame } from './group-layout.ts'
import type { Place } from './model-layout.ts'

/** A card on its way to another group. */
export interface Dragged {
  readonly id: string
  readonly place: Place
}

/**
 * Draws a card about with the pointer and tells into which frame it is let go; outside of all it goes back to its place.
 */
export function useCardDrag(frames: readonly Frame[], onInto: (name: string, frame: Frame) => void) {
  const { screenToFlowPosition } = useReactFlow()
  const [dragged, setDragged] = useState<Dragged>()
  const [over, setOver] = useState<string>()
  const frameAt = (event: MouseEvent | TouchEvent): Frame | undefined => {
    const point = 'clientX' in event ? event : event.changedTouches[0]
    if (point === undefined) return undefined
    const { x, y } = screenToFlowPosition({ x: point.clientX, y: point.clientY }, { snapToGrid: false })
    return frames.find(
      (frame) => x >= frame.x && x <= frame.x + frame.width && y >= frame.y && y <= frame.y + frame.height,
    )
  }
  return {
    dragged,
    /** What the group under the pointer is called. */
    over,
    on: {
      onNodesChange(changes: readonly NodeChange[]): void {
        for (const change of changes) {
          if (change.type !== 'position' || change.dragging !== true || change.position === undefined)
            continue
          setDragged({ id: change.id, place: change.position })
        }
      },
      onNodeDrag: (event: MouseEvent | TouchEvent): void => setOver(frameAt(event)?.group.label),
      onNodeDragStop(event: MouseEvent | TouchEvent, { id }: { readonly id: string }): void {
        const frame = frameAt(event)
        setDragged(undefined)
        setOver(undefined)
        if (frame !== undefined && !frame.group.names.includes(id)) onInto(id, frame)
      },
    },
  }
}
