import { isLanguage, nearestLanguage } from '../i18n/languages.ts'

export type ThemeChoice = 'system' | 'light' | 'dark'
/** The tag of a language that the pages can be read in; which there are is told by i18n/languages.ts. */
export type UiLanguage = string
export type Density = 'comfortable' | 'compact'
export type NavWidth = 'wide' | 'narrow'

export interface Preferences {
  readonly theme: ThemeChoice
  /** Undefined until chosen: then the person's own language or the browser's counts. */
  readonly language: UiLanguage | undefined
  /** The app whose places the navigation shows. */
  readonly app: string | undefined
  /** How near rows and controls stand at a desk; under a finger they keep their size. */
  readonly density: Density
  /** Undefined until chosen: then a window with little room has it narrow. */
  readonly nav: NavWidth | undefined
}

export const REMEMBERED = 'tenon.preferences'

/** What this device remembers of its person. */
export function readPreferences(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? '{}')
    const { theme, language, app, density, nav } = (stored ?? {}) as Record<string, unknown>
    return {
      theme: theme === 'light' || theme === 'dark' ? theme : 'system',
      language: typeof language === 'string' ? language : undefined,
      app: typeof app === 'string' ? app : undefined,
      density: density === 'compact' ? density : 'comfortable',
      nav: nav === 'wide' || nav === 'narrow' ? nav : undefined,
    }
  } catch {
    // Storage is refused in some private windows.
    return { theme: 'system', language: undefined, app: undefined, density: 'comfortable', nav: undefined }
  }
}

/** The language to begin with: the chosen one, else the browser's. */
export const languageOf = ({ language }: Preferences): UiLanguage =>
  isLanguage(language) ? language : nearestLanguage(navigator.language)
