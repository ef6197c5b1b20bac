import type { KeyboardEvent, PointerEvent } from 'react'
import { useText } from '../../../kit/use-text.ts'
import { NARROWEST, WIDEST } from '../arrangement.ts'
import { fittingWidth } from './fitting-width.ts'

interface HeadEdgeProps {
  readonly label: string
  readonly width: number
  /** While it is pulled. */
  readonly onPull: (width: number | undefined) => void
  /** Undefined: as wide as a column of its kind is. */
  readonly onSize: (width: number | undefined) => void
}

/** Pixels that an arrow key moves an edge; with Shift four times as many. */
const STEP = 8

const within = (width: number): number => Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)))

/** The edge of a head: pulled, or moved by the arrow keys, it makes its column wider; a double press fits it to what it shows. */
export function HeadEdge({ label, width, onPull, onSize }: HeadEdgeProps) {
  const t = useText()
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return
    event.preventDefault()
    const edge = event.currentTarget
    edge.focus({ preventScroll: true })
    edge.setPointerCapture(event.pointerId)
    const begin = event.clientX
    let pulled: number | undefined
    const move = ({ clientX }: globalThis.PointerEvent): void => {
      pulled = within(width + clientX - begin)
      onPull(pulled)
    }
    const end = ({ type }: Event): void => {
      edge.removeEventListener('pointermove', move)
      for (const name of ENDS) edge.removeEventListener(name, end)
      onPull(undefined)
      if (type === 'pointerup' && pulled !== undefined && pulled !== width) onSize(pulled)
    }
    edge.addEventListener('pointermove', move)
    for (const name of ENDS) edge.addEventListener(name, end)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0 && event.key !== 'Home') return
    event.preventDefault()
    event.stopPropagation()
    onSize(by === 0 ? undefined : within(width + by * STEP * (event.shiftKey ? 4 : 1)))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be pulled nor stand in a head
    <span
      role="separator"
      aria-orientation="vertical"
      aria-label={t('columns.width', { field: label })}
      aria-valuenow={width}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      tabIndex={0}
      className="head-edge"
      onPointerDown={onPointerDown}
      onDoubleClick={(event) => onSize(within(fittingWidth(event.currentTarget)))}
      onKeyDown={onKeyDown}
    />
  )
}

const ENDS = ['pointerup', 'pointercancel', 'lostpointercapture'] as const
