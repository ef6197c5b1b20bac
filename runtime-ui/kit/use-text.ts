import type { i18n as Texts, TFunction } from 'i18next'
import { useContext, useMemo, useSyncExternalStore } from 'react'
import { getI18n, I18nContext } from 'react-i18next'

/** Those who show texts of an instance; one listener tells them all. */
const shown = new WeakMap<Texts, Set<() => void>>()

function listenersOf(texts: Texts): Set<() => void> {
  let listeners = shown.get(texts)
  if (listeners === undefined) {
    const all = new Set<() => void>()
    texts.on('languageChanged', () => {
      for (const tell of all) tell()
    })
    shown.set(texts, all)
    listeners = all
  }
  return listeners
}

/**
 * The texts in force here and their language. Told the same as by `useTranslation`, for what stands on a page hundreds of
 * times: that one sets up a translator of its own at each place, a tenth of all the work of a list's first sight.
 */
export function useTexts(): Texts {
  const texts = (useContext(I18nContext) as { readonly i18n?: Texts } | undefined)?.i18n ?? getI18n()
  useSyncExternalStore(
    useMemo(
      () => (tell: () => void) => {
        const listeners = listenersOf(texts)
        listeners.add(tell)
        return () => listeners.delete(tell)
      },
      [texts],
    ),
    () => texts.language,
  )
  return texts
}

/** The translator of a cell: use it while drawing, not in an effect that depends on it. */
export const useText = (): TFunction => useTexts().t
