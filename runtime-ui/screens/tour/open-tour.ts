import { useSyncExternalStore } from 'react'

let isWanted = false
const listeners = new Set<() => void>()

function set(next: boolean): void {
  isWanted = next
  for (const listener of listeners) listener()
}

/** Shows one around in the pages that one is in. */
export const openTour = (): void => set(true)
export const closeTour = (): void => set(false)

/** Whether a tour is wanted. */
export function useTourWanted(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isWanted,
  )
}
