import { useTranslation } from 'react-i18next'
import { administrationWord } from '../../runtime-ui/screens/rights/administration-word.ts'
import { rightWord } from '../../runtime-ui/screens/rights/right-word.ts'
import type { Difference } from '../store/json-value.ts'
import { useNames } from '../store/use-names.ts'
import { useKindLabels } from './KindsPart.tsx'
import { isOpenedKey, useOpensWord } from './OpensPart.tsx'
import { useStageWord } from './StagesTable.tsx'
import { kindOf } from './said.ts'

/** One change of a draft: the place, what was said, what is said now. */
export function ChangeLine({ change }: { readonly change: Difference }) {
  const place = usePlace()
  const word = useWord()
  return (
    <span className="grow change-text">
      <span className="ink-2">{place(change.path)}</span>
      <span className="row change-values">
        <s className="ink-3">{word(change.path, change.from)}</s>
        <span aria-hidden="true">→</span>
        <span className="strong">{word(change.path, change.to)}</span>
      </span>
    </span>
  )
}

/** A place in a role as people call it: “Customers, see”. */
export function usePlace(): (path: readonly string[]) => string {
  const { t } = useTranslation()
  const names = useNames()
  return (path) => {
    const [part = '', name = '', right = '', field = ''] = path
    if (part === '') return ''
    if (part === 'label') return t('roles.label')
    if (part === 'personal') return t(`roles.classOf.${name}`, { defaultValue: name })
    if (part === 'administration') return t('roles.administration')
    if (part === 'definitions') return t('roles.kinds')
    if (isOpenedKey(part)) return t(`roles.${part}`)
    if (part === 'default') return t('roles.cell', { entity: t('roles.rest'), right: rightWord(name, t) })
    if (part !== 'entities') return part
    const label = names.plural(name)
    if (right === 'transitions')
      return t('roles.stagePlace', { entity: label, stage: names.stage(name, field) })
    if (right !== 'fields') return t('roles.cell', { entity: label, right: rightWord(right, t) })
    return t(`roles.fieldPlace.${path[4] === 'edit' ? 'edit' : 'read'}`, {
      ...{ entity: label, field: names.field(name, field) },
    })
  }
}

function useWord(): (path: readonly string[], said: unknown) => string {
  const { t, i18n } = useTranslation()
  const kinds = useKindLabels()
  const opensWord = useOpensWord()
  const stageWord = useStageWord()
  return (path, said) => {
    if (path[2] === 'transitions') return stageWord(said)
    if (path[0] === 'definitions') {
      const names = Array.isArray(said) ? said.map((one) => kinds.get(String(one)) ?? String(one)) : []
      return names.length === 0 ? t('roles.nothing') : names.join(t('account.comma'))
    }
    const opens = opensWord(path[0] ?? '', said)
    if (opens !== undefined) return opens
    if (path[0] === 'personal') return t(`roles.sight.${typeof said === 'string' ? said : 'hidden'}`)
    if (path[0] === 'administration') {
      const rights = Array.isArray(said) ? said.map((one) => administrationWord(String(one), t)) : []
      return rights.length === 0 ? t('roles.nothing') : rights.join(t('account.comma'))
    }
    if (path[0] === 'label') {
      const text = said as string | Readonly<Record<string, string>> | undefined
      return typeof text === 'object' ? (text[i18n.language] ?? Object.values(text)[0] ?? '–') : (text ?? '–')
    }
    return t(`roles.said.${kindOf(said)}`)
  }
}
