import { Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { writtenLanguages } from '../i18n/languages.ts'
import { Icon } from './icons/Icon.tsx'

/** So many stand side by side; of more one is picked from a list. */
const SIDE_BY_SIDE = 3

interface LanguageChoiceProps {
  readonly value: string
  readonly onChange: (tag: string) => void
  readonly block?: boolean
  /** What it is for; the language of the pages where it is absent. */
  readonly label?: string
  /** The tags of those that may be chosen; all where it is absent. */
  readonly among?: readonly string[]
}

/** The choice of a language, each called as its own speakers call it. */
export function LanguageChoice({ value, onChange, block = false, label, among }: LanguageChoiceProps) {
  const { t } = useTranslation()
  const all = writtenLanguages().filter(({ tag }) => among?.includes(tag) ?? true)
  const options = all.map(({ tag, name }) => ({
    value: tag,
    label: <span lang={tag}>{name}</span>,
  }))
  const shared = { 'aria-label': label ?? t('person.language'), value, onChange }
  if (all.length <= SIDE_BY_SIDE) return <Segmented<string> block={block} options={options} {...shared} />
  return (
    <Select<string>
      className={block ? 'language-choice wide' : 'language-choice'}
      options={options}
      suffixIcon={<Icon name="chevron_down" />}
      {...shared}
    />
  )
}
