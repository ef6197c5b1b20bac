export type ThemeChoice = 'system' | 'light' | 'dark'
export type UiLanguage = 'en' | 'zh-CN'

export interface Preferences {
  readonly theme: ThemeChoice
  /** Undefined until chosen: then the person's own language or the browser's counts. */
  readonly language: UiLanguage | undefined
  /** The app whose places the navigation shows. */
  readonly app: string | undefined
}

export const REMEMBERED = 'tenon.preferences'

/** What this device remembers of its person. */
export function readPreferences(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? '{}')
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

/** The language to begin with: the chosen one, else the browser's. */
export const languageOf = ({ language }: Preferences): UiLanguage =>
  language ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en')
