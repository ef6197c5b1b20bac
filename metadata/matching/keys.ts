import { type Likeness, likeWords, NORMAL_FORMS } from './likeness.ts'
import { type SoundOf, scoreOf } from './score.ts'

/** Characters of a name that are looked at for its likes; each costs a key. */
const MOST_CHARACTERS = 40
/** A name of fewer characters has no likes: one character is a quarter of it and more. */
const FEWEST_CHARACTERS = 3
/** Words left of a name that lost one must have this many letters together, else half the world shares them. */
const FEWEST_LETTERS = 6

/** What is compared: as what, and how alike values must be; absent: equal in their normal form. */
export interface Comparing {
  readonly as: Likeness
  /** From 0 to 1. */
  readonly similar?: number | undefined
}

/**
 * The keys of a value, such that two values that count as duplicates share one. Equal ones: the normal form. Like ones:
 * the deletion neighbourhood (Mor and Fraenkel 1982; SymSpell, Garbe 2012): the name and every form of it that lacks one
 * character, which names share that differ by one character more, less, other or swapped with its neighbour; beside it
 * the name without one of its words, and the sound of a Chinese name. What only looks alike is sorted out by `likenessOf`.
 */
export function keysOf({ as, similar }: Comparing, text: string, soundOf: SoundOf): readonly string[] {
  const normal = NORMAL_FORMS[as](text)
  if (normal === undefined) return []
  if (similar === undefined) return [`${as}=${normal}`]
  return [...likeForms(as, text, normal, soundOf)].map((form) => `${as}~${form}`)
}

function likeForms(as: Likeness, text: string, normal: string, soundOf: SoundOf): ReadonlySet<string> {
  const forms = new Set([normal])
  const characters = [...normal].slice(0, MOST_CHARACTERS)
  if (characters.length < FEWEST_CHARACTERS) return forms
  for (let at = 0; at < characters.length; at++) forms.add(without(characters, at).join(''))
  const words = likeWords(as, text)
  for (let at = 0; at < words.length; at++) {
    const rest = [...without(words, at)].sort().join(' ')
    if (rest.length >= FEWEST_LETTERS) forms.add(` ${rest}`)
  }
  const sounds = characters.map(soundOf)
  if (sounds.every((sound) => sound !== undefined)) forms.add(`:${sounds.join(' ')}`)
  return forms
}

function without<T>(list: readonly T[], at: number): readonly T[] {
  return [...list.slice(0, at), ...list.slice(at + 1)]
}

/** How alike two values are, from 0 to 1; undefined where they do not count as duplicates. */
export function likenessOf(
  { as, similar }: Comparing,
  one: string,
  other: string,
  soundOf: SoundOf,
): number | undefined {
  const [left, right] = [NORMAL_FORMS[as](one), NORMAL_FORMS[as](other)]
  if (left === undefined || right === undefined) return undefined
  if (left === right) return 1
  if (similar === undefined) return undefined
  if (numbersIn(left) !== numbersIn(right)) return undefined
  const score = scoreOf(left, right, soundOf)
  return score >= similar ? score : undefined
}

/** Plant 1 and Plant 2, 第一中学 and 第二中学 are written alike and are not one: numbers are no slips of the pen. */
function numbersIn(text: string): string {
  return (text.match(/[0-9]+|[一二三四五六七八九十百]+/g) ?? []).join(' ')
}
