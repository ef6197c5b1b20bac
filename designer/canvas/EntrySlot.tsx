import { useDraggable, useDroppable } from '@dnd-kit/core'
import type { KeyboardEvent, ReactNode } from 'react'

interface EntryButtonProps {
  /** Of several lists in one picture, which one. */
  readonly place?: string
  readonly at: number
  readonly count: number
  readonly label: string
  readonly className: string
  readonly isOn: boolean
  readonly isFaulty: boolean
  readonly readOnly: boolean
  /** Which arrows move it. */
  readonly keys: readonly [string, string]
  readonly onSelect: () => void
  readonly onMove: (to: number) => void
  readonly onRemove: () => void
  readonly children: ReactNode
}

/** An entry of an ordered picture: pressed to be changed, dragged or moved by Alt and the arrows to stand elsewhere. */
export function EntryButton(props: EntryButtonProps) {
  const { place, at, count, label, className, isOn, isFaulty, readOnly, keys, onSelect, onMove, onRemove } =
    props
  const drag = useDraggable({
    ...{ id: `entry ${place ?? ''} ${at}`, data: { place, entry: at }, disabled: readOnly },
  })
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === keys[0] ? -1 : event.key === keys[1] ? 1 : 0
    if (event.altKey && by !== 0) {
      event.preventDefault()
      const to = at + by
      if (!readOnly && to >= 0 && to < count) onMove(to)
    }
    if (event.key === 'Delete' && !readOnly) onRemove()
  }
  const classes = [className]
  if (isOn) classes.push('on')
  if (isFaulty) classes.push('faulty')
  if (drag.isDragging) classes.push('gone')
  return (
    <button
      ref={drag.setNodeRef}
      type="button"
      className={classes.join(' ')}
      aria-label={label}
      aria-pressed={isOn}
      aria-keyshortcuts={`Alt+${keys[0]} Alt+${keys[1]} Delete`}
      {...drag.listeners}
      onClick={onSelect}
      onKeyDown={onKeyDown}
    >
      {props.children}
    </button>
  )
}

/** Where an entry is dropped: before the one that is there. */
export function useBefore(at: number, place?: string) {
  return useDroppable({ id: `before ${place ?? ''} ${at}`, data: { place, before: at } })
}
