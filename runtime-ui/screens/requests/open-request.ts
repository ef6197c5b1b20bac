import { useSyncExternalStore } from 'react'

let isWanted = false
const listeners = new Set<() => void>()

function set(next: boolean): void {
  isWanted = next
  for (const listener of listeners) listener()
}

/** Opens the sheet in which one asks for a change, over whatever page there is. */
export const openRequest = (): void => set(true)
export const closeRequest = (): void => set(false)

/** Whether somebody wants to ask for a change. */
export function useRequestWanted(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isWanted,
  )
}
