import type { KeyboardEvent } from 'react'

interface TileActs {
  readonly step: (by: -1 | 1) => void
  /** Absent where nothing may be changed. */
  readonly remove: (() => void) | undefined
}

/** What keys do on something that was placed: Alt and an arrow moves it, Delete takes it off. */
export const tileKeys =
  ({ step, remove }: TileActs) =>
  (event: KeyboardEvent): void => {
    const back = ['ArrowUp', 'ArrowLeft'].includes(event.key)
    if (event.altKey && (back || ['ArrowDown', 'ArrowRight'].includes(event.key))) {
      event.preventDefault()
      step(back ? -1 : 1)
    }
    if (event.key === 'Delete') remove?.()
  }
