import { useEffect, useState } from 'react'

/**
 * Gives the focus back to where it was before this came, once this has gone and taken it along: what is taken down at once,
 * instead of being closed, gives it back by itself no more.
 */
export function useReturnFocus(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      // Behind what else happens with the same key or press: somebody may have taken it.
      setTimeout(() => {
        const isLost = document.activeElement === null || document.activeElement === document.body
        if (isLost && before instanceof HTMLElement && before.isConnected)
          before.focus({ preventScroll: true })
      })
    },
    [before],
  )
}
