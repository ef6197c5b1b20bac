import { type RefObject, startTransition, useEffect, useState } from 'react'
import { useIsPrinting } from '../../kit/use-media.ts'

/** Rows kept in the document beyond the window, so that a quick scroll shows no gap. */
const OVERSCAN = 20

export interface RowWindow {
  readonly from: number
  readonly to: number
  /** The last row that is seen; those behind it are in the document for a quick scroll. */
  readonly seen: number
}

/**
 * The rows near a scrolling element's window; moves in steps, so that most scrolling renders nothing. At first those
 * alone that are seen: the others come once these stand.
 */
export function useWindow(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): RowWindow {
  const [range, setRange] = useState<RowWindow>(() => {
    const visible = Math.ceil((scroller.current?.clientHeight ?? window.innerHeight) / rowHeight)
    return { from: 0, to: visible, seen: 0 }
  })
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const measure = (): void => {
      const first = Math.floor(element.scrollTop / rowHeight / 10) * 10
      const visible = Math.ceil(element.clientHeight / rowHeight)
      const from = Math.max(0, first - OVERSCAN)
      const to = Math.min(count, first + visible + OVERSCAN + 10)
      const seen = Math.min(count, first + visible + 10)
      setRange((last) =>
        last.from === from && last.to === to && last.seen === seen ? last : { from, to, seen },
      )
    }
    startTransition(measure)
    element.addEventListener('scroll', measure, { passive: true })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', measure)
      observer.disconnect()
    }
  }, [scroller, count, rowHeight])
  if (useIsPrinting()) return { from: 0, to: count, seen: count }
  return {
    from: Math.min(range.from, count),
    to: Math.min(range.to, count),
    seen: Math.min(range.seen, count),
  }
}
