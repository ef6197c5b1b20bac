import { useDraggable, useDroppable } from '@dnd-kit/core'
import { Input } from 'antd'
import type { ReactNode } from 'react'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'

/** A place where what stands in the picture is taken out of it again. */
export interface OutDrop {
  readonly out: true
}

interface OffersProps {
  /** What is looked for, as the field is called. */
  readonly label: string
  readonly text: string
  readonly onText: (text: string) => void
  readonly children: ReactNode
}

/** What can be placed, found by its words; what is dragged back here is taken out. */
export function Offers({ label, text, onText, children }: OffersProps) {
  const out = useDroppable({ id: 'out', data: { out: true } satisfies OutDrop })
  return (
    <div ref={out.setNodeRef} className={out.isOver ? 'view-offers over' : 'view-offers'}>
      <Input
        type="search"
        prefix={<Icon name="search" />}
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
      {children}
    </div>
  )
}

interface PaletteGroupProps {
  readonly title: string
  readonly count: number
  readonly note?: string | undefined
  readonly children: ReactNode
}

/** Things of one sort that can be placed. */
export function PaletteGroup({ title, count, note, children }: PaletteGroupProps) {
  return (
    <section className="editor-group">
      <h3 className="t12 ink-2 row">
        {title}
        <span className="end num ink-3">{count}</span>
      </h3>
      {note === undefined ? null : <p className="t12 ink-2 palette-none">{note}</p>}
      <ul aria-label={title}>{children}</ul>
    </section>
  )
}

interface PaletteOfferProps<D> {
  readonly id: string
  readonly dragged: D
  readonly isOff: boolean
  /** A press puts it where the selection is, or at the end. */
  readonly onPick: (dragged: D) => void
  readonly children: ReactNode
}

/** One thing that can be placed: dragged, or pressed. */
export function PaletteOffer<D extends object>({
  id,
  dragged,
  isOff,
  onPick,
  children,
}: PaletteOfferProps<D>) {
  const drag = useDraggable({ id, data: dragged, disabled: isOff })
  return (
    <li>
      <button
        ref={drag.setNodeRef}
        type="button"
        disabled={isOff}
        className={drag.isDragging ? 'palette-offer gone' : 'palette-offer'}
        {...drag.listeners}
        onClick={() => onPick(dragged)}
      >
        {children}
      </button>
    </li>
  )
}
