import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { isTexts } from '../../metadata/texts-of.ts'
import { isObject } from '../store/json-value.ts'

/** Characters of a value that are shown in a line. */
const MOST = 80

interface ValueWordsProps {
  readonly value: unknown
  /** A word for it, where there is one. */
  readonly word?: string | undefined
}

/** A value of a definition in a line: texts in the page's language, lists by the names of their entries, rules as written. */
export function ValueWords({ value, word }: ValueWordsProps) {
  const { t, i18n } = useTranslation()
  if (word !== undefined) return <>{short(word)}</>
  if (value === undefined || value === null) return <>{t('drafts.nothingThere')}</>
  if (typeof value === 'boolean') return <>{t(value ? 'drafts.yes' : 'drafts.no')}</>
  if (typeof value === 'string' || typeof value === 'number') return <>{short(String(value))}</>
  if (Array.isArray(value))
    return <>{short(value.map((one) => wordOf(one, i18n.language)).join(t('account.comma')))}</>
  if (isObject(value) && typeof value.name === 'string') return <>{short(wordOf(value, i18n.language))}</>
  if (isObject(value) && isTexts(value)) return <>{short(textIn(value, i18n.language, ''))}</>
  return <span className="mono">{short(JSON.stringify(value))}</span>
}

function wordOf(one: unknown, language: string): string {
  if (!isObject(one)) return String(one)
  const label = one.label as Parameters<typeof textIn>[0]
  return textIn(label, language, typeof one.name === 'string' ? one.name : JSON.stringify(one))
}

const short = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST)}…` : text)
