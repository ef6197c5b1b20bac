import { useSyncExternalStore } from 'react'

let isWanted = false
const listeners = new Set<() => void>()

function set(next: boolean): void {
  isWanted = next
  for (const listener of listeners) listener()
}

/** Shows what the page is for, beside it. */
export const openHelp = (): void => set(true)
export const closeHelp = (): void => set(false)

/** Whether help is wanted. */
export function useHelpWanted(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isWanted,
  )
}
