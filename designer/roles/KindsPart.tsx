import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { listKinds } from '../api.ts'
import { labelText } from '../places.ts'
import { type Json, valueAt } from '../store/json-value.ts'

/** What each kind of definition is called, by its name. */
export function useKindLabels(): ReadonlyMap<string, string> {
  const { i18n } = useTranslation()
  const kinds = useQuery({ queryKey: ['meta', 'kinds', i18n.language], queryFn: listKinds })
  return new Map(kinds.data?.map(({ kind, label }) => [kind, labelText(label, i18n.language, kind)]))
}

interface KindsPartProps {
  readonly role: Json
  readonly readOnly: boolean
  readonly onSay: (path: readonly string[], said: unknown) => void
}

/** The kinds of definitions that a role edits which does not edit all of them. */
export function KindsPart({ role, readOnly, onSay }: KindsPartProps) {
  const { t } = useTranslation()
  const labels = useKindLabels()
  const said = valueAt(role, ['definitions'])
  const chosen = Array.isArray(said) ? said.filter((one): one is string => typeof one === 'string') : []
  const administration = valueAt(role, ['administration'])
  const hasAll = Array.isArray(administration) && administration.includes('definitions')
  const names = [...new Set([...labels.keys(), ...chosen])]
  return (
    <section className="role-part" aria-label={t('roles.kinds')}>
      <h2 className="h3 section-head">{t('roles.kinds')}</h2>
      <p className="t12 ink-3 role-help">{t(hasAll ? 'roles.kindsAll' : 'roles.kindsText')}</p>
      <Select
        className="role-kinds"
        mode="multiple"
        aria-label={t('roles.kinds')}
        placeholder={t('roles.kindsNone')}
        disabled={readOnly || hasAll}
        optionFilterProp="label"
        value={chosen}
        options={names.map((value) => ({ value, label: labels.get(value) ?? value }))}
        onChange={(next: string[]) =>
          onSay(['definitions'], next.length === 0 ? undefined : names.filter((one) => next.includes(one)))
        }
      />
    </section>
  )
}
