import en from '../../languages/en/language.json' with { type: 'json' }
import zhCN from '../../languages/zh-CN/language.json' with { type: 'json' }

/** What a `languages/<tag>/language.json` says; all but the name is optional, and then as the browser knows the language. */
export interface LanguageFacts {
  /** As its own speakers call it. */
  readonly name: string
  /** Where there is no room for the name: EN, 中. */
  readonly mark?: string
  /** How numbers, dates and names of countries are written, where that is another tag than the language's own. */
  readonly locale?: string
  /** The name of antd's words for its controls, such as de_DE, and of dayjs's for its calendars, such as de. */
  readonly controls?: string
  readonly calendar?: string
  /** The language, besides English, in which the server is asked for what it says itself. */
  readonly besides?: string
  /** han: signs that need more height and a face of their own. */
  readonly characters?: string
  /** Its own face, as CSS names a family, where that of Latin or Chinese does not fit. */
  readonly font?: string
  /** lowered: within a sentence a label begins with a small letter, as in English; else it stays as it is written. */
  readonly labels?: string
  /** Between the names of a list, and before the last of some to choose from. */
  readonly comma?: string
  readonly or?: string
  /** What stands behind a percentage. */
  readonly percent?: string
  /** Whether a unit stands right behind its figure where there is little room. */
  readonly units?: string
  readonly near?: { readonly yesterday: string; readonly today: string; readonly tomorrow: string }
  /** Years, months, weeks, days, hours, minutes, seconds: what stands behind the number. */
  readonly durations?: readonly string[]
  readonly figures?: { readonly hours: string; readonly days: string; readonly points: string }
  /** Large figures, the largest first: from which size on, divided by what, with what behind it. */
  readonly short?: readonly { readonly from: number; readonly by: number; readonly unit: string }[]
  /** With {yyyy} {m} {mm} {d} {dd}, those that are spoken also with {date} {weekday} {time}. */
  readonly dates?: {
    readonly dayOfYear?: string
    readonly day?: string
    readonly month?: string
    readonly spoken?: string
    readonly spokenTime?: string
  }
  /** large_first: from the country to the street; else from the street to the country. */
  readonly address?: string
}

/** A language that the pages can be read in. */
export interface Language extends LanguageFacts {
  /** BCP 47: what a person's account keeps, and the name of its folder. */
  readonly tag: string
  readonly mark: string
  readonly locale: string
  readonly comma: string
  readonly or: string
}

/** The language in which every text is there. */
export const EVERY_TEXT = 'en'

const known = new Map<string, Language>()

/** Takes a language in by what its file says. */
export function addLanguage(tag: string, facts: LanguageFacts): void {
  known.set(tag, {
    ...facts,
    tag,
    mark: facts.mark ?? tag.slice(0, 2).toUpperCase(),
    locale: facts.locale ?? tag,
    comma: facts.comma ?? en.comma,
    or: facts.or ?? ` ${orOf(facts.locale ?? tag)} `,
  })
}

/** The word between two of which one may be chosen. */
function orOf(locale: string): string {
  const parts = new Intl.ListFormat(locale, { type: 'disjunction' }).formatToParts(['a', 'b'])
  return parts.find(({ type }) => type === 'literal')?.value.trim() ?? en.or.trim()
}

addLanguage(EVERY_TEXT, en)
addLanguage('zh-CN', zhCN)

/** The languages that there are: those whose texts came with the product first. */
export const languages = (): readonly Language[] => [...known.values()]

/** In the order in which texts of definitions stand side by side: those that came with the product, Chinese first, then the others. */
export const writtenLanguages = (): readonly Language[] =>
  languages().toSorted((one, other) => Number(other.tag === 'zh-CN') - Number(one.tag === 'zh-CN'))

/** A text that is the same in every language. */
export const inEveryLanguage = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(languages().map(({ tag }) => [tag, text]))

/** Whether there is a language of that tag. */
export const isLanguage = (tag: unknown): tag is string => typeof tag === 'string' && known.has(tag)

/** The language of a tag; English where there is none. */
export const languageNamed = (tag: string): Language => known.get(tag) ?? known.get(EVERY_TEXT)!

/** Whether who reads a language most likely lives in mainland China, where addresses are chosen step by step. */
export const isReadInChina = (tag: string): boolean =>
  new Intl.Locale(languageNamed(tag).locale).maximize().region === 'CN'

/** The language that a browser's own one is nearest to: its tag, else the same language elsewhere; English where there is none. */
export function nearestLanguage(asked: string): string {
  const wanted = asked.toLowerCase()
  const tags = [...known.keys()]
  const [primary] = wanted.split('-')
  return (
    tags.find((tag) => tag.toLowerCase() === wanted) ??
    tags.find((tag) => tag.toLowerCase().split('-')[0] === primary) ??
    EVERY_TEXT
  )
}

/** The languages whose texts stand in for those that one lacks, the nearest first. */
export function standInsOf(tag: string): readonly string[] {
  if (!hasLacks(tag)) return []
  const { besides } = languageNamed(tag)
  return [...new Set([besides, EVERY_TEXT])].filter(isLanguage).filter((one) => one !== tag)
}

/** Of the languages in the code every text is there, by test; of those in files some may be missing. */
const hasLacks = (tag: string): boolean => tag !== EVERY_TEXT && tag !== 'zh-CN'

/** The one among some languages for who reads in another: it itself, else what stands in for it. */
export const spokenOf = (among: readonly string[], tag: string): string =>
  [tag, ...standInsOf(tag)].find((one) => among.includes(one)) ?? EVERY_TEXT

/** What a call asks the server to answer in: what it cannot say in the language itself, in the next one. */
export const acceptedFor = (tag: string): string =>
  [tag, ...standInsOf(tag).map((one, at) => `${one};q=0.${9 - at}`)].join(', ')
