import { setPreferences, usePreferences } from '../../kit/preferences.ts'
import { useMedia } from '../../kit/use-media.ts'

/** Whether the navigation shows its icons alone: as chosen, else where the window has little room for both. */
export function useIsNarrowNav(): boolean {
  const { nav } = usePreferences()
  const isTight = useMedia('(max-width: 960px)')
  return nav === undefined ? isTight : nav === 'narrow'
}

export const setNarrowNav = (isNarrow: boolean): void => setPreferences({ nav: isNarrow ? 'narrow' : 'wide' })
