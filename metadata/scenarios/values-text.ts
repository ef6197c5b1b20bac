import type { SentenceLanguage } from '../rules/sentence-words.ts'
import type { LocalText } from '../rules/types.ts'
import { type Text, textIn } from '../text.ts'

/** What things that scenarios mention are called; undefined where nothing is said. */
export interface Labels {
  entity(name: string): Text | undefined
  field(entity: string, name: string): Text | undefined
  /** Of an option or a stage. */
  option(entity: string, field: string, value: string): Text | undefined
  connection(name: string): Text | undefined
}

/** Both languages by one function. */
export function bothOf(tell: (language: SentenceLanguage) => string): LocalText {
  return { en: tell('en'), 'zh-CN': tell('zh-CN') }
}

const EMPTY: LocalText = { en: 'nothing', 'zh-CN': '空' }
/** Characters of a value that are told. */
const MAX_LENGTH = 300

/** A value as a person reads it. */
export function valueText(value: unknown, language: SentenceLanguage): string {
  if (value === null || value === undefined) return EMPTY[language]
  if (typeof value === 'string') return language === 'en' ? `“${cut(value)}”` : `「${cut(value)}」`
  if (Array.isArray(value)) {
    if (value.length === 0) return EMPTY[language]
    return cut(value.map((one) => valueText(one, language)).join(language === 'en' ? ', ' : '、'))
  }
  return cut(JSON.stringify(value))
}

export function cut(text: string): string {
  const characters = [...text]
  return characters.length > MAX_LENGTH ? `${characters.slice(0, MAX_LENGTH).join('')}…` : text
}

/** The label of a field, or its name. */
export function fieldText(labels: Labels, entity: string, name: string, language: SentenceLanguage): string {
  return textIn(labels.field(entity, name), language, name)
}

export function entityText(labels: Labels, name: string, language: SentenceLanguage): string {
  return textIn(labels.entity(name), language, name)
}

/** `Name: “x”, Amount: 3` */
export function valuesText(
  labels: Labels,
  entity: string,
  values: Readonly<Record<string, unknown>>,
  language: SentenceLanguage,
): string {
  return Object.entries(values)
    .map(([name, value]) => {
      const label = fieldText(labels, entity, name, language)
      const said = valueText(
        worded(value, (one) => labels.option(entity, name, one), language),
        language,
      )
      return language === 'en' ? `${label}: ${said}` : `${label}：${said}`
    })
    .join(language === 'en' ? ', ' : '，')
}

/** Options and stages as they are called. */
function worded(
  value: unknown,
  labelOf: (value: string) => Text | undefined,
  language: SentenceLanguage,
): unknown {
  if (typeof value === 'string') return textIn(labelOf(value), language, value)
  return Array.isArray(value) ? value.map((one) => worded(one, labelOf, language)) : value
}
