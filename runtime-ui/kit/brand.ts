import { useSyncExternalStore } from 'react'
import { themesIn } from './brand-tokens.ts'
import { type Tokens, variablesOf } from './theme.ts'

/** How a workspace looks; null where the pages have their own. */
export interface Brand {
  readonly color: string | null
  readonly logo: string | null
}

const KEY = 'tenon.brand'
const PLAIN: Brand = { color: null, logo: null }
const COLOUR = /^#[0-9a-f]{6}$/i
const LOGO = /^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/=]+$/

/** Whatever it comes from, only what is a colour and a picture is taken. */
export function readBrand(raw: unknown): Brand {
  const { color, logo } = (raw ?? {}) as { readonly color?: unknown; readonly logo?: unknown }
  return {
    color: typeof color === 'string' && COLOUR.test(color) ? color : null,
    logo: typeof logo === 'string' && LOGO.test(logo) ? logo : null,
  }
}

function kept(): Brand {
  try {
    return readBrand(JSON.parse(localStorage.getItem(KEY) ?? '{}'))
  } catch {
    return PLAIN // storage is refused in some private windows, and anybody may have written into it
  }
}

const listeners = new Set<() => void>()
let current: Brand = PLAIN
let themes = themesIn(null)
let sheet: CSSStyleSheet | undefined

function put(brand: Brand): void {
  if (brand.color !== current.color) {
    themes = themesIn(brand.color)
    sheet?.replaceSync(
      brand.color === null
        ? ''
        : `:root{${variablesOf(themes.light)}}[data-theme="dark"]{${variablesOf(themes.dark)}}`,
    )
  }
  current = brand
  for (const listener of listeners) listener()
}

/** Shows the brand that this device saw last, before the first paint, and the one that is in force as soon as it is known. */
export function installBrand(): void {
  sheet = new CSSStyleSheet()
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  put(kept())
  void refreshBrand()
}

/** Asks for the brand that is in force. */
export async function refreshBrand(): Promise<void> {
  const answer = await fetch('/api/brand', { headers: { Accept: 'application/json' } }).catch(() => undefined)
  if (answer?.ok !== true) return // the look stays as it is
  const brand = readBrand(((await answer.json()) as { readonly data?: unknown }).data)
  if (brand.color === current.color && brand.logo === current.logo) return
  put(brand)
  try {
    localStorage.setItem(KEY, JSON.stringify(brand))
  } catch {
    // Not kept: the next visit begins in our own colours.
  }
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useBrand = (): Brand => useSyncExternalStore(subscribe, () => current)

/** The tokens of a theme as they are in force. */
export function useTokens(isDark: boolean): Tokens {
  useBrand()
  return isDark ? themes.dark : themes.light
}
