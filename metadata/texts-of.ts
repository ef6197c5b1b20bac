type Json = Readonly<Record<string, unknown>>
/** Keys of objects, places in lists as numbers written out. */
type Path = readonly string[]

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A text that people read, in a definition. */
export interface TextPlace {
  readonly kind: string
  readonly name: string
  readonly path: Path
  /**
   * Where it stands by names, such as `entity/deal#fields/stage/label`: what is put before it in a list does not lead it
   * astray.
   */
  readonly address: string
  readonly texts: Readonly<Record<string, string>>
}

/** Keys under which a plain text is one that people read, in whatever language it was written. */
const READ: ReadonlySet<string> = new Set(['label', 'plural', 'help', 'message', 'subject', 'placeholder'])

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/

/** Every text of a definition that people read, with its place: an object of languages, or a plain text that stands for all. */
export function textsOf(definition: Json): readonly TextPlace[] {
  const { kind, name } = definition as { readonly kind: string; readonly name: string }
  const found: TextPlace[] = []
  const add = (path: Path, called: Path, texts: Readonly<Record<string, string>>): void => {
    found.push({ kind, name, path, address: `${kind}/${name}#${called.join('/')}`, texts })
  }
  const walk = (value: unknown, path: Path, called: Path): void => {
    if (typeof value === 'string') {
      if (READ.has(path.at(-1) ?? '')) add(path, called, { en: value, 'zh-CN': value })
      return
    }
    if (Array.isArray(value)) {
      for (const [at, one] of value.entries())
        walk(one, [...path, String(at)], [...called, nameIn(one) ?? String(at)])
      return
    }
    if (!isObject(value)) return
    if (isTexts(value)) {
      add(path, called, value)
      return
    }
    for (const [key, one] of Object.entries(value)) walk(one, [...path, key], [...called, key])
  }
  walk(definition, [], [])
  return found
}

const nameIn = (entry: unknown): string | undefined =>
  isObject(entry) && typeof entry.name === 'string' && entry.name !== '' ? entry.name : undefined

/** At least one of the languages that came with the product, and nothing but languages. */
export function isTexts(value: Json): value is Readonly<Record<string, string>> {
  const entries = Object.entries(value)
  const isSpoken = 'en' in value || 'zh-CN' in value
  return isSpoken && entries.every(([key, text]) => LANGUAGE.test(key) && typeof text === 'string')
}

/** Whether a text lacks one of some languages. */
export const isIncomplete = ({ texts }: Pick<TextPlace, 'texts'>, languages: readonly string[]): boolean =>
  languages.some((language) => (texts[language] ?? '').trim() === '')
