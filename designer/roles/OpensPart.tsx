import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Json, valueAt } from '../store/json-value.ts'
import { useNames } from '../store/use-names.ts'

/** What a role opens of what is for it, by the key of the role that says so. */
const KEYS = { app: 'apps', view: 'views', report: 'reports', dashboard: 'dashboards' } as const

export type Opened = keyof typeof KEYS
/** In the order in which a person meets them. */
export const OPENED = Object.keys(KEYS) as Opened[]

/** What is chosen for one of the keys, in words. */
export function useOpensWord(): (key: string, said: unknown) => string | undefined {
  const { t } = useTranslation()
  const { called } = useNames()
  return (key, said) => {
    const kind = OPENED.find((one) => KEYS[one] === key)
    if (kind === undefined) return undefined
    const names = Array.isArray(said) ? said.map((one) => called(kind, String(one))) : []
    return names.length === 0 ? t('roles.opensAll') : names.join(t('account.comma'))
  }
}

/** Whether a key of a role says what it opens. */
export const isOpenedKey = (key: string | undefined): key is (typeof KEYS)[Opened] =>
  OPENED.some((one) => KEYS[one] === key)

interface OpensPartProps {
  readonly role: Json
  readonly readOnly: boolean
  readonly kind: Opened
  readonly onSay: (path: readonly string[], said: unknown) => void
}

/** Which apps, views, reports or dashboards a role opens; all that are for it where nothing is chosen. */
export function OpensPart({ role, readOnly, kind, onSay }: OpensPartProps) {
  const { t } = useTranslation()
  const { called, of } = useNames()
  const key = KEYS[kind]
  const said = valueAt(role, [key])
  const chosen = Array.isArray(said) ? said.filter((one): one is string => typeof one === 'string') : []
  const names = [...new Set([...of(kind).map(({ value }) => value), ...chosen])]
  return (
    <section className="role-part" aria-label={t(`roles.${key}`)}>
      <h2 className="h3 section-head">{t(`roles.${key}`)}</h2>
      <p className="t12 ink-3 role-help">{t('roles.opensText')}</p>
      <Select
        className="role-kinds"
        mode="multiple"
        aria-label={t(`roles.${key}`)}
        placeholder={t('roles.opensAll')}
        disabled={readOnly}
        optionFilterProp="label"
        value={chosen}
        options={names.map((value) => ({ value, label: called(kind, value) }))}
        onChange={(next: string[]) =>
          onSay([key], next.length === 0 ? undefined : names.filter((one) => next.includes(one)))
        }
      />
    </section>
  )
}
