import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { saveLanguage, signOut } from '../../api/session.ts'
import { changeLanguage } from '../../i18n/index.ts'
import { languageNamed, languages } from '../../i18n/languages.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { Menu } from '../../kit/Menu.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { setPreferences, usePreferences } from '../../kit/preferences.ts'
import { forgetRecent } from '../../kit/recent.ts'
import type { Density, ThemeChoice, UiLanguage } from '../../kit/remembered.ts'
import { openHelp } from '../help/open-help.ts'
import { forgetFiles } from '../import/kept-file.ts'
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
      await forgetFiles()
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
  const items = [
    { type: 'group' as const, key: 'who', label: <span className="t12">{me.user.email}</span> },
    { type: 'divider' as const },
    choices('languages', t('person.language'), {
      keys: languages().map(({ tag }) => tag),
      chosen: i18n.language,
      labelOf: (tag) => <span lang={tag}>{languageNamed(tag).name}</span>,
      onChoose: (tag) => void acts.setLanguage(tag),
    }),
    choices('themes', t('person.theme'), {
      keys: THEMES,
      chosen: theme,
      labelOf: (choice) => t(`person.theme.${choice}`),
      onChoose: acts.setTheme,
    }),
    choices('densities', t('person.density'), {
      keys: DENSITIES,
      chosen: density,
      labelOf: (choice) => t(`person.density.${choice}`),
      onChoose: (choice) => setPreferences({ density: choice }),
    }),
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

interface Choices<K extends string> {
  readonly keys: readonly K[]
  readonly chosen: string
  readonly labelOf: (key: K) => ReactNode
  readonly onChoose: (key: K) => void
}

/** A group of the menu of which one is ticked. */
const choices = <K extends string>(
  key: string,
  label: string,
  { keys, chosen, labelOf, onChoose }: Choices<K>,
) => ({
  ...{ type: 'group' as const, key, label },
  children: keys.map((choice) => ({
    key: choice,
    icon: <span className="menu-tick">{chosen === choice ? <Icon name="check" /> : null}</span>,
    label: labelOf(choice),
    onClick: () => onChoose(choice),
  })),
})
