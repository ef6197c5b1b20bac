import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { listDefinitions } from '../api.ts'
import { type Json, valueAt } from '../store/json-value.ts'

/** What a role opens of what is for it, by the key of the role that says so. */
const KEYS = { app: 'apps', view: 'views', report: 'reports', dashboard: 'dashboards' } as const

export type Opened = keyof typeof KEYS
/** In the order in which a person meets them. */
export const OPENED = Object.keys(KEYS) as Opened[]

/** What the definitions of a kind are called, by their names. */
function useLabels(kind: Opened): ReadonlyMap<string, string> {
  const { i18n } = useTranslation()
  const found = useQuery({ queryKey: ['meta', 'definitions', kind], queryFn: () => listDefinitions(kind) })
  return new Map(found.data?.map(({ name, label }) => [name, textIn(label, i18n.language, name)]))
}

/** What is chosen for one of the keys, in words. */
export function useOpensWord(): (key: string, said: unknown) => string | undefined {
  const { t } = useTranslation()
  const labels: Readonly<Record<Opened, ReadonlyMap<string, string>>> = {
    ...{ app: useLabels('app'), view: useLabels('view') },
    ...{ report: useLabels('report'), dashboard: useLabels('dashboard') },
  }
  return (key, said) => {
    const kind = OPENED.find((one) => KEYS[one] === key)
    if (kind === undefined) return undefined
    const names = Array.isArray(said) ? said.map((one) => labels[kind].get(String(one)) ?? String(one)) : []
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
  const labels = useLabels(kind)
  const key = KEYS[kind]
  const said = valueAt(role, [key])
  const chosen = Array.isArray(said) ? said.filter((one): one is string => typeof one === 'string') : []
  const names = [...new Set([...labels.keys(), ...chosen])]
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
        options={names.map((value) => ({ value, label: labels.get(value) ?? value }))}
        onChange={(next: string[]) =>
          onSay([key], next.length === 0 ? undefined : names.filter((one) => next.includes(one)))
        }
      />
    </section>
  )
}
