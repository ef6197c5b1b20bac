import { useEffect, useRef } from 'react'
import type { Me } from '../../api/types.ts'
import { switchTo } from '../../i18n/index.ts'
import { isLanguage } from '../../i18n/languages.ts'
import { preferences } from '../../kit/preferences.ts'

/** On arrival the page takes the account's language, unless this device has chosen one. */
export function useAccountLanguage(me: Me | undefined): void {
  const taken = useRef(false)
  useEffect(() => {
    if (me === undefined || taken.current) return
    taken.current = true
    const language = me.user.language
    // Whoever sees as somebody else still reads their own language.
    if (preferences().language !== undefined || me.viewer !== undefined) return
    if (isLanguage(language)) void switchTo(language)
  }, [me])
}
