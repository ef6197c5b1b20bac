import { useSyncExternalStore } from 'react'

let open = false
const listeners = new Set<() => void>()

function set(next: boolean): void {
  open = next
  for (const listener of listeners) listener()
}

export const openPeek = (): void => set(true)
export const closePeek = (): void => set(false)
export const togglePeek = (): void => set(!open)

/** Whether the row in use is shown at the side of the list. */
export function usePeekOpen(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => open,
  )
}
