import { ConfigProvider } from 'antd'
import type { Locale } from 'antd/es/locale'
import standing from 'antd/locale/en_US'
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useState } from 'react'
import { antdTheme } from './antd-theme.ts'
import { useTokens } from './brand.ts'
import { Icon } from './icons/Icon.tsx'
import { useLanguage } from './model-context.tsx'
import { usePreferences } from './preferences.ts'
import type { UiLanguage } from './remembered.ts'
import { useIsDarkSystem, useIsPrinting, useIsStill, useIsTouch } from './use-media.ts'

/** The nonce under which this page may add styles; undefined without a content security policy. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content

/** antd's own words (pickers, empty lists), loaded with the language. */
const LOCALES: Readonly<Record<UiLanguage, () => Promise<Locale>>> = {
  en: async () => (await import('antd/locale/en_GB')).default,
  'zh-CN': async () => {
    const [locale] = await Promise.all([import('antd/locale/zh_CN'), import('dayjs/locale/zh-cn')])
    return locale.default
  },
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
    void LOCALES[language]().then((loaded) => {
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
  const isPrinting = useIsPrinting()
  const dark = useIsDark() && !isPrinting // paper is light
  const touch = useIsTouch()
  const compact = usePreferences().density === 'compact'
  const still = useIsStill()
  const language = useLanguage()
  const locale = useAntdLocale(language)
  const chinese = language === 'zh-CN'
  const tokens = useTokens(dark)
  const theme = useMemo(
    () => antdTheme({ dark, tokens, chinese, touch, compact, still }),
    [dark, tokens, chinese, touch, compact, still],
  )
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light'
    document.documentElement.dataset.density = compact ? 'compact' : 'comfortable'
    document.documentElement.lang = language
  }, [dark, compact, language])
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
