import { useSyncExternalStore } from 'react'
import type { ActivityInfo } from '../../api/types.ts'

/** Of what sort the note is, and about whom; whoever it is about is asked for where there is nobody yet. */
export interface LogWanted {
  readonly as: ActivityInfo['as']
  readonly about?: { readonly entity: string; readonly id: string }
}

let wanted: LogWanted | undefined
const listeners = new Set<() => void>()

function set(next: LogWanted | undefined): void {
  wanted = next
  for (const listener of listeners) listener()
}

/** Opens the sheet in which a call is noted down, over whatever page there is. */
export const openLog = (next: LogWanted): void => set(next)
export const closeLog = (): void => set(undefined)

/** What lies over the page to be noted down. */
export function useLogWanted(): LogWanted | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => wanted,
  )
}
