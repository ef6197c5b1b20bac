import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import type { Changeset } from '../api.ts'
import { wordsOf } from '../inspector/schema.ts'
import { useStore } from '../store/store.tsx'

/** What a draft of a list is about, in a few words: “Account, Sales board and 2 more”. */
export function useDrafted(): (draft: Changeset) => string {
  const { t, i18n } = useTranslation()
  const { index } = useStore()
  return ({ drafted }) => {
    if (drafted === undefined || drafted.count === 0) return t('drafts.empty')
    const named = drafted.first
      .map(({ kind, name, label }) =>
        // What it takes away, and what says no label, is called as it is in force.
        label === name ? textIn(index.get(`${kind}/${name}`)?.label, i18n.language, wordsOf(name)) : label,
      )
      .join(t('drafts.comma'))
    const more = drafted.count - drafted.first.length
    return more === 0 ? named : t('drafts.andMore', { named, count: more })
  }
}
