import { ConfigProvider } from 'antd'
import type { Locale } from 'antd/es/locale'
import standing from 'antd/locale/en_US'
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useState } from 'react'
import { languageNamed } from '../i18n/languages.ts'
import { antdTheme } from './antd-theme.ts'
import { useTokens } from './brand.ts'
import { Icon } from './icons/Icon.tsx'
import { useLanguage } from './model-context.tsx'
import { usePreferences } from './preferences.ts'
import type { UiLanguage } from './remembered.ts'
import { useIsDarkSystem, useIsPrinting, useIsStill, useIsTouch } from './use-media.ts'
import { useTabLeavesLists } from './use-tab-leaves-lists.ts'

/** The nonce under which this page may add styles; undefined without a content security policy. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content

/** antd's own words (pickers, empty lists), loaded with the language; its standing ones where a language names none. */
async function controlWords(language: UiLanguage): Promise<Locale> {
  const { controls } = await import('virtual:tenon-control-words')
  return (await controls[language]?.()) ?? standing
}

/** The arrow of the kit, also where a place asks for none of its own. */
const SELECT = { suffixIcon: <Icon name="chevron_down" /> }

/** Whether the page is dark: as chosen, else as the system is. */
export function useIsDark(): boolean {
  const { theme } = usePreferences()
  const system = useIsDarkSystem()
  return theme === 'system' ? system : theme === 'dark'
}

/** Until the language's words have come, antd's own: without any, ConfigProvider would build its tree anew when they come. */
function useAntdLocale(language: UiLanguage): Locale {
  const [locale, setLocale] = useState<Locale>(standing)
  useEffect(() => {
    let current = true
    void controlWords(language).then((loaded) => {
      if (current) setLocale(loaded)
    })
    return () => {
      current = false
    }
  }, [language])
  return locale
}

/** Gives antd and the kit one look: theme, language, size for fingers, nonce. */
export function ThemeProvider({ children }: { readonly children: ReactNode }) {
  useTabLeavesLists()
  const isPrinting = useIsPrinting()
  const dark = useIsDark() && !isPrinting // paper is light
  const touch = useIsTouch()
  const compact = usePreferences().density === 'compact'
  const still = useIsStill()
  const language = useLanguage()
  const locale = useAntdLocale(language)
  const { characters, font } = languageNamed(language)
  const han = characters === 'han'
  const tokens = useTokens(dark)
  const theme = useMemo(
    () => antdTheme({ dark, tokens, han, font, touch, compact, still }),
    [dark, tokens, han, font, touch, compact, still],
  )
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light'
    document.documentElement.dataset.density = compact ? 'compact' : 'comfortable'
    document.documentElement.lang = language
    if (font === undefined) document.documentElement.style.removeProperty('--font-own')
    else document.documentElement.style.setProperty('--font-own', font)
  }, [dark, compact, language, font])
  return (
    <ConfigProvider
      theme={theme}
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
      select={SELECT}
      locale={locale}
      {...(nonce === undefined || nonce === '' ? {} : { csp: { nonce } })}
    >
      {children}
    </ConfigProvider>
  )
}
