import type { DragEndEvent, DragMoveEvent, DragStartEvent } from '@dnd-kit/core'
import { useRef, useState } from 'react'
import { type DragHandlers, innermost } from '../canvas/DragPicture.tsx'
import type { Dragged, Drop } from './ViewPalette.tsx'

interface ColumnDragQuestion {
  readonly count: number
  /** Puts what is dragged before the column that stands there. */
  readonly onPut: (dragged: Dragged, before: number) => void
  readonly onOut: (entry: number) => void
}

/** Where in a table's heads the pointer is: before which one, and where the line between them stands. */
interface HeadPlace {
  readonly before: number
  readonly left: number
}

/** Columns dragged from the palette onto the list, among one another, and out. */
export function useColumnDrag({ count, onPut, onOut }: ColumnDragQuestion) {
  const [dragged, setDragged] = useState<Dragged>()
  const [place, setPlace] = useState<HeadPlace>()
  const body = useRef<HTMLElement>(null)
  const end = (): void => {
    setDragged(undefined)
    setPlace(undefined)
  }
  const placeOf = ({ activatorEvent, delta, over }: DragMoveEvent | DragEndEvent): HeadPlace | undefined => {
    const drop = over?.data.current as Drop | undefined
    if (drop === undefined || !('surface' in drop) || body.current === null) return undefined
    return headPlace(body.current, clientX(activatorEvent) + delta.x)
  }
  return {
    dragged,
    /** What the list stands in. */
    body,
    line: place?.left,
    handlers: {
      // A field that is no column cannot be taken out.
      collisionDetection: innermost<Dragged, Drop>((what, to) => !('out' in to) || 'entry' in what),
      onDragStart: ({ active }: DragStartEvent) => setDragged(active.data.current as Dragged),
      onDragMove: (event: DragMoveEvent) => {
        const next = placeOf(event)
        if (next?.left !== place?.left) setPlace(next)
      },
      onDragEnd: (event: DragEndEvent) => {
        const drop = event.over?.data.current as Drop | undefined
        const what = event.active.data.current as Dragged
        const before = placeOf(event)?.before ?? count
        end()
        if (drop === undefined) return
        if ('before' in drop) onPut(what, drop.before)
        else if ('surface' in drop) onPut(what, before)
        else if ('entry' in what) onOut(what.entry)
      },
      onDragCancel: end,
    } satisfies DragHandlers,
  }
}

/** Where a mouse or a finger began. */
const clientX = (event: Event): number =>
  'touches' in event ? ((event as TouchEvent).touches[0]?.clientX ?? 0) : (event as MouseEvent).clientX

/** Undefined where the list has no heads. */
function headPlace(body: HTMLElement, x: number): HeadPlace | undefined {
  const heads = [...body.querySelectorAll<HTMLElement>('th[data-path]')]
  if (heads.length === 0) return undefined
  const boxes = heads.map((head) => head.getBoundingClientRect())
  const found = boxes.findIndex(({ left, width }) => x < left + width / 2)
  const before = found < 0 ? heads.length : found
  const edge = before < boxes.length ? boxes[before]!.left : boxes.at(-1)!.right
  return { before, left: edge - body.getBoundingClientRect().left }
}
