import { addLanguage, isLanguage, type LanguageFacts } from './languages.ts'

/** The files that say what a language is, found when the pages are built; none where they are not built (tests). */
const FILES: Readonly<Record<string, LanguageFacts>> =
  import.meta.env === undefined
    ? {}
    : import.meta.glob<LanguageFacts>('../../languages/*/language.json', { eager: true, import: 'default' })

/** Takes in every language that has a folder. */
export function addFoundLanguages(): void {
  for (const [path, facts] of Object.entries(FILES)) {
    const tag = tagOf(path)
    if (!isLanguage(tag)) addLanguage(tag, facts)
  }
}

/** `../../languages/de/language.json` → de */
const tagOf = (path: string): string => path.split('/').at(-2)!
