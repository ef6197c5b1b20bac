import { isObject, type Json, type Path } from '../store/json-value.ts'

/** A text that people read, in a definition. */
export interface TextPlace {
  readonly kind: string
  readonly name: string
  readonly path: Path
  readonly texts: Readonly<Record<string, string>>
}

/** Keys under which a plain text is one that people read, in whatever language it was written. */
const READ: ReadonlySet<string> = new Set(['label', 'plural', 'help', 'message', 'subject', 'placeholder'])

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/

/** Every text of a definition that people read, with its place: an object of languages, or a plain text that stands for all. */
export function textsOf(definition: Json): readonly TextPlace[] {
  const { kind, name } = definition as { readonly kind: string; readonly name: string }
  const found: TextPlace[] = []
  const walk = (value: unknown, path: Path): void => {
    if (typeof value === 'string') {
      if (READ.has(path.at(-1) ?? '')) found.push({ kind, name, path, texts: { en: value, 'zh-CN': value } })
      return
    }
    if (Array.isArray(value)) {
      for (const [at, one] of value.entries()) walk(one, [...path, String(at)])
      return
    }
    if (!isObject(value)) return
    if (isTexts(value)) {
      found.push({ kind, name, path, texts: value })
      return
    }
    for (const [key, one] of Object.entries(value)) walk(one, [...path, key])
  }
  walk(definition, [])
  return found
}

/** At least one of the languages that the pages speak, and nothing but languages. */
function isTexts(value: Json): value is Readonly<Record<string, string>> {
  const entries = Object.entries(value)
  const isSpoken = 'en' in value || 'zh-CN' in value
  return isSpoken && entries.every(([key, text]) => LANGUAGE.test(key) && typeof text === 'string')
}

/** Whether a text lacks one of the languages that the pages speak. */
export const isIncomplete = ({ texts }: TextPlace): boolean =>
  (texts.en ?? '').trim() === '' || (texts['zh-CN'] ?? '').trim() === ''
