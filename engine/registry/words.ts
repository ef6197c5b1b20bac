import type { Language } from '../errors.ts'

/** Keys with what they say. */
export type Words = Readonly<Record<string, string>>

/** The files of a further language that speak for the engine, by their names in its folder. */
export const WORD_PARTS = ['problems', 'webform', 'notices'] as const
export type WordPart = (typeof WORD_PARTS)[number]

/** What a further language says for the engine; what a part lacks is said in the language that the engine speaks. */
export interface FurtherWords extends Readonly<Record<WordPart, Words>> {
  /** The name of its folder, such as `de`. */
  readonly tag: string
}

/** In what somebody is spoken to. */
export interface Spoken {
  readonly language: Language
  /** What a further language that they read says instead. */
  readonly words?: FurtherWords | undefined
}

/** What further languages say, by their tags in lower case. */
export type WordsByTag = ReadonlyMap<string, FurtherWords>

/** Those of a tag as a browser names it: `de-AT` is read in `de` where nothing speaks for Austria. */
export function wordsFor(words: WordsByTag, tag: string): FurtherWords | undefined {
  if (words.size === 0) return undefined
  const wanted = tag.toLowerCase()
  return words.get(wanted) ?? words.get(wanted.split('-')[0]!)
}
