import { measureName, measuresOf } from '../report-shape.ts'
import type { SentenceLanguage } from '../rules/sentence-words.ts'
import type { LocalText } from '../rules/types.ts'
import { type Text, textIn } from '../text.ts'
import type { ReportDefinition } from '../types.ts'

/** What things that scenarios mention are called; undefined where nothing is said. */
export interface Labels {
  entity(name: string): Text | undefined
  field(entity: string, name: string): Text | undefined
  /** Of an option or a stage. */
  option(entity: string, field: string, value: string): Text | undefined
  /** Of a definition of any other kind: a connection, a flow, a report. */
  definition(kind: string, name: string): Text | undefined
  /** Of a milestone of any of an entity's stages. */
  milestone(entity: string, name: string): Text | undefined
  /** What a report calls one of its figures, which has a name of its own or is told by what it works out. */
  figure(report: string, name: string): Text | undefined
}

/** Both languages by one function. */
export function bothOf(tell: (language: SentenceLanguage) => string): LocalText {
  return { en: tell('en'), 'zh-CN': tell('zh-CN') }
}

const EMPTY: LocalText = { en: 'nothing', 'zh-CN': '空' }
/** Characters of a value that are told. */
const MAX_LENGTH = 300

const YES: LocalText = { en: 'yes', 'zh-CN': '是' }
const NO: LocalText = { en: 'no', 'zh-CN': '否' }

/** A value as a person reads it. */
export function valueText(value: unknown, language: SentenceLanguage): string {
  if (value === null || value === undefined) return EMPTY[language]
  if (typeof value === 'boolean') return (value ? YES : NO)[language]
  if (typeof value === 'string') return language === 'en' ? `“${cut(value)}”` : `「${cut(value)}」`
  if (Array.isArray(value)) {
    if (value.length === 0) return EMPTY[language]
    return cut(value.map((one) => valueText(one, language)).join(language === 'en' ? ', ' : '、'))
  }
  if (typeof value === 'object') return cut(objectText(value as Readonly<Record<string, unknown>>, language))
  return cut(JSON.stringify(value))
}

/** What is pointed to is called by its label; of others each part is told. */
function objectText(value: Readonly<Record<string, unknown>>, language: SentenceLanguage): string {
  if (typeof value.label === 'string') return valueText(value.label, language)
  const said = Object.entries(value).map(
    ([name, part]) => `${name}${COLON[language]}${valueText(part, language)}`,
  )
  return said.length === 0 ? EMPTY[language] : said.join(language === 'en' ? ', ' : '，')
}

const COLON: LocalText = { en: ': ', 'zh-CN': '：' }

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
      return `${label}${COLON[language]}${fieldValueText(labels, entity, { name, value }, language)}`
    })
    .join(language === 'en' ? ', ' : '，')
}

/** A value of a field as a person reads it: an option by its label. */
export function fieldValueText(
  labels: Labels,
  entity: string,
  { name, value }: { readonly name: string; readonly value: unknown },
  language: SentenceLanguage,
): string {
  return valueText(
    worded(value, (one) => labels.option(entity, name, one), language),
    language,
  )
}

const COUNT: LocalText = { en: 'Number', 'zh-CN': '数量' }
const FIGURES: readonly (readonly [string, (field: string) => LocalText])[] = [
  ['sum_', (field) => ({ en: `Sum of ${field}`, 'zh-CN': `${field}合计` })],
  ['avg_', (field) => ({ en: `Average of ${field}`, 'zh-CN': `${field}平均值` })],
  ['min_', (field) => ({ en: `Least ${field}`, 'zh-CN': `${field}最小值` })],
  ['max_', (field) => ({ en: `Greatest ${field}`, 'zh-CN': `${field}最大值` })],
]

/** What a report calls one of its figures; undefined where it says nothing. */
export const figureIn = (
  report: Pick<ReportDefinition, 'measures' | 'list'> | undefined,
  name: string,
): Text | undefined =>
  report === undefined ? undefined : measuresOf(report).find((one) => measureName(one) === name)?.label

/** What a row belongs to: an entity, and the report where it is one's. */
interface RowOf {
  readonly entity: string
  readonly report?: string | undefined
}

/** A row of a summary: what it is grouped by and its figures, each by what it is called. */
export function rowText(
  labels: Labels,
  { entity, report }: RowOf,
  row: Readonly<Record<string, unknown>>,
  language: SentenceLanguage,
): string {
  const said = Object.entries(row).map(([key, value]) => {
    const own = report === undefined ? undefined : labels.figure(report, key)
    const figure = FIGURES.find(([stem]) => key.startsWith(stem) && labels.field(entity, key) === undefined)
    const named =
      key === 'count'
        ? COUNT[language]
        : figure === undefined
          ? fieldText(labels, entity, key, language)
          : figure[1](fieldText(labels, entity, key.slice(figure[0].length), language))[language]
    const called = textIn(own, language, named)
    return `${called}${COLON[language]}${fieldValueText(labels, entity, { name: key, value }, language)}`
  })
  return language === 'en' ? `(${said.join(', ')})` : `（${said.join('，')}）`
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
