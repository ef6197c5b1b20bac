import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

/** The pixels that an element has from side to side, live. */
export function useRoom(element: RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(() => element.current?.clientWidth ?? 0)
  const isKnown = useRef(room > 0)
  useLayoutEffect(() => {
    const watched = element.current
    if (watched === null) return
    const measure = (): void => setRoom(watched.clientWidth)
    // The observer tells at once as well, when the page is laid out anyway.
    if (!isKnown.current) measure()
    const observer = new ResizeObserver(measure)
    observer.observe(watched)
    return () => observer.disconnect()
  }, [element])
  return room
}
