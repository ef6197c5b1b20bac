import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { definitionIn } from '../store/draft.ts'
import { useStore } from '../store/store.tsx'

/** All roles, those included that only the draft has. */
export function useRoles() {
  const { i18n } = useTranslation()
  const { index, fates, draft, items } = useStore()
  const known = [...index.values()]
    .filter(({ kind, name }) => kind === 'role' && fates.get(`role/${name}`) !== 'removed')
    .map(({ name, label }) => ({ value: name, label: textIn(label, i18n.language, name) }))
  const made = [...fates].flatMap(([key, fate]) => {
    if (fate !== 'new' || !key.startsWith('role/')) return []
    const name = key.slice('role/'.length)
    const now = definitionIn(draft, { kind: 'role', name }, items.get(key)?.definition ?? undefined)
    const label = textIn(now?.label as Parameters<typeof textIn>[0], i18n.language, name)
    return [{ value: name, label }]
  })
  return [...known, ...made]
}
