import { useSyncExternalStore } from 'react'
import { languageOf, type Preferences, REMEMBERED, readPreferences, type UiLanguage } from './remembered.ts'

const listeners = new Set<() => void>()
let current: Preferences = readPreferences()

/** What this device remembers of its person. */
export const preferences = (): Preferences => current

/** Changes and keeps preferences on this device. */
export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify(current))
  } catch {
    // Not kept, still in force until the page closes.
  }
  for (const listener of listeners) listener()
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
}

/** The language to begin with: the chosen one, else the browser's. */
export const initialLanguage = (): UiLanguage => languageOf(current)
