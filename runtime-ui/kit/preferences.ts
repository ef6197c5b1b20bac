import { useSyncExternalStore } from 'react'

export type ThemeChoice = 'system' | 'light' | 'dark'
export type UiLanguage = 'en' | 'zh-CN'

export interface Preferences {
  readonly theme: ThemeChoice
  /** Undefined until chosen: then the person's own language or the browser's counts. */
  readonly language: UiLanguage | undefined
  /** The app whose places the navigation shows. */
  readonly app: string | undefined
}

const KEY = 'tenon.preferences'
const listeners = new Set<() => void>()
let current: Preferences = read()

function read(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    const { theme, language, app } = (stored ?? {}) as Record<string, unknown>
    return {
      theme: theme === 'light' || theme === 'dark' ? theme : 'system',
      language: language === 'en' || language === 'zh-CN' ? language : undefined,
      app: typeof app === 'string' ? app : undefined,
    }
  } catch {
    return { theme: 'system', language: undefined, app: undefined } // storage is refused in some private windows
  }
}

/** What this device remembers of its person. */
export const preferences = (): Preferences => current

/** Changes and keeps preferences on this device. */
export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  try {
    localStorage.setItem(KEY, JSON.stringify(current))
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
export function initialLanguage(): UiLanguage {
  return current.language ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en')
}
