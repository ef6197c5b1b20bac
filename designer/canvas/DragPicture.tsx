import {
  type CollisionDetection,
  DndContext,
  type DndContextProps,
  DragOverlay,
  pointerWithin,
} from '@dnd-kit/core'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useIsPhone } from '../../runtime-ui/kit/use-media.ts'
import { TileFace } from '../layouts/FieldTile.tsx'
import type { LayoutField } from '../layouts/layout-context.ts'
import { Picture, type PictureProps } from './Picture.tsx'
import { useDragSensors } from './use-drag-sensors.ts'

/** What happens while something is dragged. */
export type DragHandlers = Pick<
  DndContextProps,
  'collisionDetection' | 'onDragStart' | 'onDragMove' | 'onDragEnd' | 'onDragCancel'
>

interface DragPictureProps extends Omit<PictureProps, 'children' | 'outline'> {
  readonly drag: DragHandlers
  /** What keys do to a thing that can be dragged, for who hears it. */
  readonly keys: string
  /** Beside the surface: what can be dragged onto it. */
  readonly palette: ReactNode
  readonly surface: ReactNode
  /** Below the surface on a phone. */
  readonly below: ReactNode
  /** What is dragged, as it is seen under the pointer. */
  readonly face: LayoutField | undefined
}

/** A picture onto which things are dragged from a palette. */
export function DragPicture({ drag, keys, palette, surface, below, face, ...picture }: DragPictureProps) {
  const isPhone = useIsPhone()
  const sensors = useDragSensors()
  return (
    <DndContext sensors={sensors} accessibility={{ screenReaderInstructions: { draggable: keys } }} {...drag}>
      <Picture
        {...picture}
        outline={
          <div className="view-outline">
            {surface}
            {below}
          </div>
        }
      >
        <div className="layout-editor">
          {palette}
          {surface}
        </div>
      </Picture>
      {isPhone ? null : (
        <DragOverlay dropAnimation={null}>
          {face === undefined ? null : (
            <div className="layout-tile lifted">
              <TileFace field={face} />
            </div>
          )}
        </DragOverlay>
      )}
    </DndContext>
  )
}

/** Whatever is innermost under the pointer, of the places that what is dragged may go to. */
export const innermost =
  <What, Place>(fits: (what: What, place: Place) => boolean): CollisionDetection =>
  (given) =>
    pointerWithin({
      ...given,
      droppableContainers: given.droppableContainers.filter((one) =>
        fits(given.active.data.current as What, one.data.current as Place),
      ),
    })

/** Something is dragged to a place: which ones it may go to, and what comes of it. */
export function useDrag<What, Place>(
  fits: (what: What, place: Place) => boolean,
  onDrop: (what: What, place: Place) => void,
): { readonly dragged: What | undefined; readonly drag: DragHandlers } {
  const [dragged, setDragged] = useState<What>()
  const drag: DragHandlers = {
    collisionDetection: innermost(fits),
    onDragStart: ({ active }) => setDragged(active.data.current as What),
    onDragEnd: ({ active, over }) => {
      setDragged(undefined)
      if (over !== null) onDrop(active.data.current as What, over.data.current as Place)
    },
    onDragCancel: () => setDragged(undefined),
  }
  return { dragged, drag }
}
