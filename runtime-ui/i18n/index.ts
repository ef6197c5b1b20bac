import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { setApiLanguage } from '../api/client.ts'
import { initialLanguage, setPreferences } from '../kit/preferences.ts'
import type { UiLanguage } from '../kit/remembered.ts'

type Texts = Readonly<Record<string, string>>
type TextLoader = () => Promise<Texts>

const loaders: Record<UiLanguage, TextLoader[]> = {
  en: [async () => (await import('./en.ts')).en],
  'zh-CN': [async () => (await import('./zh-CN.ts')).zhCN],
}

/** Adds texts of another entry page; to be called before `startI18n`. */
export function addTexts(texts: Readonly<Record<UiLanguage, TextLoader>>): void {
  loaders.en.push(texts.en)
  loaders['zh-CN'].push(texts['zh-CN'])
}

const loaded = new Set<TextLoader>()

async function load(language: UiLanguage): Promise<void> {
  const wanted = loaders[language].filter((loader) => !loaded.has(loader))
  const bundles = await Promise.all(wanted.map((loader) => loader()))
  for (const texts of bundles) i18next.addResourceBundle(language, 'translation', texts, true, true)
  for (const loader of wanted) loaded.add(loader)
}

/** Adds texts that are needed by a part of the pages alone; to be awaited before that part is shown. */
export async function comeWithTexts(texts: Readonly<Record<UiLanguage, TextLoader>>): Promise<void> {
  addTexts(texts)
  await load(i18next.language === 'zh-CN' ? 'zh-CN' : 'en')
}

/** The pages' texts in a language besides the page's own: for what is shown as others would read it. */
export async function besideTexts(language: UiLanguage): Promise<typeof i18next> {
  await load(language)
  return i18next.cloneInstance({ lng: language })
}

/** Starts with the language of this device; only that language's texts are loaded. */
export async function startI18n(): Promise<void> {
  const language = initialLanguage()
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  i18next.services.formatter?.add('inline', (value: unknown) => inline(String(value)))
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
  await load(language)
  setApiLanguage(language)
  // Told of a change that is none, all that shows a text would be drawn anew.
  if (i18next.language !== language || i18next.resolvedLanguage !== language)
    await i18next.changeLanguage(language)
}
