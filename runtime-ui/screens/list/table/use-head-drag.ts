import { type PointerEvent, useState } from 'react'

/** A head on its way: where it would stand. */
export interface HeadDrag {
  readonly from: number
  /** Before the head that stands here; the number of heads for the end. */
  readonly to: number
}

/** Pixels that a head is pulled before it moves: less is a press. */
const PULL = 6

/** Moves heads with the pointer; a finger scrolls instead. */
export function useHeadDrag(onMove: (from: number, to: number) => void) {
  const [drag, setDrag] = useState<HeadDrag>()
  const begin = (from: number) => (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || event.pointerType === 'touch') return
    if ((event.target as Element).closest('.head-edge, .head-menu') !== null) return
    const { clientX, clientY, currentTarget } = event
    const heads = [...(currentTarget.parentElement?.querySelectorAll<HTMLElement>('th[data-path]') ?? [])]
    const over = new AbortController()
    let to: number | undefined
    const move = ({ clientX: x }: globalThis.PointerEvent): void => {
      if (to === undefined && Math.abs(x - clientX) < PULL) return
      // What stays covers what is scrolled under it: the head that is seen there counts.
      const seen = document.elementFromPoint(x, clientY)?.closest<HTMLElement>('th[data-path]')
      const at = seen == null ? -1 : heads.indexOf(seen)
      to = at < 0 || seen == null ? (to ?? from) : isInRightHalf(seen, x) ? at + 1 : at
      setDrag({ from, to })
    }
    const end = (isKept: boolean) => (): void => {
      over.abort()
      setDrag(undefined)
      if (to === undefined) return
      // The press that ends a pull sorts nothing.
      window.addEventListener('click', stop, { capture: true, once: true })
      setTimeout(() => window.removeEventListener('click', stop, { capture: true }))
      if (isKept) onMove(from, to)
    }
    const key = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') end(false)()
    }
    const heard = { signal: over.signal }
    window.addEventListener('pointermove', move, heard)
    window.addEventListener('pointerup', end(true), heard)
    window.addEventListener('pointercancel', end(false), heard)
    window.addEventListener('keydown', key, heard)
  }
  return { drag, begin }
}

const stop = (event: Event): void => {
  event.stopPropagation()
  event.preventDefault()
}

function isInRightHalf(head: HTMLElement, x: number): boolean {
  const { left, width } = head.getBoundingClientRect()
  return x > left + width / 2
}
