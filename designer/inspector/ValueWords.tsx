import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { isTexts } from '../../metadata/texts-of.ts'
import { isObject } from '../store/json-value.ts'
import { saidIn } from './said-in.ts'

/** Characters of a value that are shown in a line. */
const MOST = 80

interface ValueWordsProps {
  readonly value: unknown
  /** A word for it, where there is one. */
  readonly word?: string | undefined
  /** What the names in a list are called. */
  readonly called?: ((name: string) => string) | undefined
}

/** A value of a definition in a line: texts in the page's language, lists by the names of their entries, rules as written. */
export function ValueWords({ value, word, called = (name) => name }: ValueWordsProps) {
  const { t, i18n } = useTranslation()
  if (word !== undefined) return <>{short(word)}</>
  if (value === undefined || value === null) return <>{t('drafts.nothingThere')}</>
  if (typeof value === 'boolean') return <>{t(value ? 'drafts.yes' : 'drafts.no')}</>
  if (typeof value === 'string' || typeof value === 'number') return <>{short(String(value))}</>
  if (Array.isArray(value))
    return <>{short(value.map((one) => wordOf(one, i18n.language, called)).join(t('account.comma')))}</>
  if (isObject(value) && typeof value.name === 'string')
    return <>{short(wordOf(value, i18n.language, called))}</>
  if (isObject(value) && isTexts(value)) return <>{short(textIn(value, i18n.language, ''))}</>
  return <span className="mono">{short(written(value))}</span>
}

function wordOf(one: unknown, language: string, called: (name: string) => string): string {
  if (!isObject(one)) return called(String(one))
  const label = one.label as Parameters<typeof textIn>[0]
  if (typeof one.field === 'string') return textIn(label, language, called(one.field))
  return textIn(label, language, typeof one.name === 'string' ? one.name : written(one))
}

/** A rule by its words, anything else by what it says. */
const written = (value: unknown): string => (isObject(value) ? saidIn(value) : JSON.stringify(value))

const short = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST)}…` : text)
