import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { setApiLanguage } from '../api/client.ts'
import { initialLanguage, setPreferences } from '../kit/preferences.ts'
import type { UiLanguage } from '../kit/remembered.ts'
import { addFoundLanguages } from './found-languages.ts'
import { foundTexts, type TextPart, type Texts } from './found-texts.ts'
import { isLanguage, languageNamed, standInsOf } from './languages.ts'

type TextLoader = () => Promise<Texts>
/** The texts of a part in the languages that came with the product; those of further ones lie in their folders. */
type OwnTexts = Readonly<Record<'en' | 'zh-CN', TextLoader>>

const parts = new Map<TextPart, OwnTexts>([
  [
    'pages',
    {
      en: async () => (await import('./en.ts')).en,
      'zh-CN': async () => (await import('./zh-CN.ts')).zhCN,
    },
  ],
])

/** Adds texts of another entry page; to be called before `startI18n`. */
export function addTexts(part: TextPart, texts: OwnTexts): void {
  parts.set(part, texts)
}

const loaded = new Set<string>()

/** Brings the texts of a language, and of those that stand in for it. */
async function load(language: UiLanguage): Promise<void> {
  await Promise.all([language, ...standInsOf(language)].map(loadAlone))
}

async function loadAlone(language: UiLanguage): Promise<void> {
  const wanted = [...parts].flatMap(([part, texts]) => {
    const key = `${language} ${part}`
    const loader = (texts as Readonly<Record<string, TextLoader>>)[language] ?? foundTexts(language, part)
    return loaded.has(key) || loader === undefined ? [] : [{ key, loader }]
  })
  const bundles = await Promise.all(wanted.map(({ loader }) => loader()))
  for (const texts of bundles) i18next.addResourceBundle(language, 'translation', texts, true, true)
  for (const { key } of wanted) loaded.add(key)
}

/** Adds texts that are needed by a part of the pages alone; to be awaited before that part is shown. */
export async function comeWithTexts(part: TextPart, texts: OwnTexts): Promise<void> {
  addTexts(part, texts)
  await load(i18next.language)
}

/** The pages' texts in a language besides the page's own: for what is shown as others would read it. */
export async function besideTexts(language: UiLanguage): Promise<typeof i18next> {
  await load(language)
  return i18next.cloneInstance({ lng: language })
}

/** Starts with the language of this device; only that language's texts are loaded. */
export async function startI18n(): Promise<void> {
  addFoundLanguages()
  const language = initialLanguage()
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: (code: string) => [...standInsOf(code)],
    resources: {},
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    returnNull: false,
    showSupportNotice: false,
  })
  i18next.services.formatter?.add('inline', (value: unknown, language: string | undefined) =>
    // A sentence that stands in from another language holds labels of the reader's.
    languageNamed(language ?? i18next.language).labels === 'lowered' ? inline(String(value)) : String(value),
  )
  await switchTo(language)
}

/** A label inside an English sentence: Account → account, but SLA and iPhone stay. */
export function inline(label: string): string {
  return /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label
}

/** Changes the page's language now, without a reload. */
export async function changeLanguage(language: UiLanguage): Promise<void> {
  setPreferences({ language })
  await switchTo(language)
}

/** Takes over the language that the account keeps, where this device has chosen none. */
export async function switchTo(language: UiLanguage): Promise<void> {
  if (!isLanguage(language)) return
  await load(language)
  setApiLanguage(language)
  // Told of a change that is none, all that shows a text would be drawn anew.
  if (i18next.language !== language || i18next.resolvedLanguage !== language)
    await i18next.changeLanguage(language)
}
