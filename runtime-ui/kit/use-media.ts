import { useSyncExternalStore } from 'react'

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

export const useIsPhone = (): boolean => useMedia('(max-width: 640px)')
export const useIsTouch = (): boolean => useMedia('(max-width: 640px), (pointer: coarse)')
export const useIsStill = (): boolean => useMedia('(prefers-reduced-motion: reduce)')
export const useIsDarkSystem = (): boolean => useMedia('(prefers-color-scheme: dark)')
export const useIsPrinting = (): boolean => useMedia('print')
