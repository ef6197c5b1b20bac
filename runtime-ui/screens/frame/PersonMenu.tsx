import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { saveLanguage, signOut } from '../../api/session.ts'
import { changeLanguage } from '../../i18n/index.ts'
import { languages } from '../../i18n/languages.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { Menu } from '../../kit/Menu.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { setPreferences, usePreferences } from '../../kit/preferences.ts'
import { forgetRecent } from '../../kit/recent.ts'
import type { Density, ThemeChoice, UiLanguage } from '../../kit/remembered.ts'
import { openHelp } from '../help/open-help.ts'
import { openRequest } from '../requests/open-request.ts'

const THEMES: readonly ThemeChoice[] = ['system', 'light', 'dark']
const DENSITIES: readonly Density[] = ['comfortable', 'compact']

/** The acts behind the person's name: language, light or dark, sign out. */
export function usePersonActs() {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  return {
    setLanguage: async (language: UiLanguage) => {
      await changeLanguage(language)
      // The server may be away; then this device alone remembers.
      await saveLanguage(language).catch(() => undefined)
    },
    setTheme: (theme: ThemeChoice) => setPreferences({ theme }),
    leave: async () => {
      await signOut().catch(() => undefined) // an expired session is as good as closed
      forgetRecent()
      queryClient.clear()
      await navigate('/sign-in')
    },
  }
}

export function PersonMenu() {
  const { t, i18n } = useTranslation()
  const { me } = useWork()
  const { theme, density } = usePreferences()
  const navigate = useNavigate()
  const acts = usePersonActs()
  const tick = (on: boolean) => <span className="menu-tick">{on ? <Icon name="check" /> : null}</span>
  const items = [
    { type: 'group' as const, key: 'who', label: <span className="t12">{me.user.email}</span> },
    { type: 'divider' as const },
    {
      type: 'group' as const,
      key: 'languages',
      label: t('person.language'),
      children: languages().map(({ tag, name }) => ({
        key: tag,
        icon: tick(i18n.language === tag),
        label: <span lang={tag}>{name}</span>,
        onClick: () => void acts.setLanguage(tag),
      })),
    },
    {
      type: 'group' as const,
      key: 'themes',
      label: t('person.theme'),
      children: THEMES.map((choice) => ({
        key: choice,
        icon: tick(theme === choice),
        label: t(`person.theme.${choice}`),
        onClick: () => acts.setTheme(choice),
      })),
    },
    {
      type: 'group' as const,
      key: 'densities',
      label: t('person.density'),
      children: DENSITIES.map((choice) => ({
        key: choice,
        icon: tick(density === choice),
        label: t(`person.density.${choice}`),
        onClick: () => setPreferences({ density: choice }),
      })),
    },
    { type: 'divider' as const },
    {
      key: 'account',
      icon: <Icon name="user" />,
      label: t('account.title'),
      onClick: () => void navigate('/account'),
    },
    {
      key: 'help',
      icon: <Icon name="help" />,
      label: t('person.help'),
      extra: <kbd>F1</kbd>,
      onClick: openHelp,
    },
    {
      key: 'request',
      icon: <Icon name="message" />,
      label: t('person.request'),
      onClick: openRequest,
    },
    {
      key: 'out',
      icon: <Icon name="sign_out" />,
      label: t('person.signOut'),
      onClick: () => void acts.leave(),
    },
  ]
  return (
    <Menu items={items} placement="topLeft">
      <button
        type="button"
        className="plain-button person"
        aria-label={t('person.menu', { name: me.user.name })}
      >
        <Avatar name={me.user.name} person size="medium" />
        <span className="cut strong">{me.user.name}</span>
        <span className="end">
          <Icon name="chevron_up" size="small" />
        </span>
      </button>
    </Menu>
  )
}
