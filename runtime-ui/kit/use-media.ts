import { createContext, useContext, useSyncExternalStore } from 'react'

/** Whether a media query holds, live. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    () => window.matchMedia(query).matches,
  )
}

/** Shows what is below as on a phone, or not, whatever the screen is; undefined goes by the screen. */
export const AsPhone = createContext<boolean | undefined>(undefined)

export function useIsPhone(): boolean {
  const asked = useContext(AsPhone)
  const found = useMedia('(max-width: 640px)')
  return asked ?? found
}
export const useIsTouch = (): boolean => useMedia('(max-width: 640px), (pointer: coarse)')
export const useIsStill = (): boolean => useMedia('(prefers-reduced-motion: reduce)')
export const useIsDarkSystem = (): boolean => useMedia('(prefers-color-scheme: dark)')
export const useIsPrinting = (): boolean => useMedia('print')
