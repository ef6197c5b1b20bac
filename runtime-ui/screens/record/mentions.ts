import type { Mention } from '../../api/records.ts'

/** Where somebody is being mentioned: the place of the @, and what stands behind it up to the caret. */
export interface MentionPlace {
  readonly start: number
  readonly words: string
}

/** An @ that no Latin letter or digit precedes: that would be an e-mail address. Chinese needs no space before it. */
const BEGUN = /(?:^|[^A-Za-z0-9._%+-])@([^\s@]{0,40})$/

export function mentionAt(text: string, caret: number): MentionPlace | undefined {
  const words = BEGUN.exec(text.slice(0, caret))?.[1]
  return words === undefined ? undefined : { start: caret - words.length - 1, words }
}

/** The text with the name in place of what was typed of it, and where the caret stands then. */
export function withMention(
  text: string,
  { start, words }: MentionPlace,
  label: string,
): { readonly text: string; readonly caret: number } {
  const behind = text.slice(start + 1 + words.length)
  const said = `@${label}${/^\s/.test(behind) ? '' : ' '}`
  return { text: text.slice(0, start) + said + behind, caret: start + label.length + 2 }
}

/** Those of the chosen whose names still stand in the text, each once. */
export const mentionedIn = (text: string, chosen: ReadonlyMap<string, string>): readonly string[] =>
  [...chosen].flatMap(([id, label]) => (text.includes(`@${label}`) ? [id] : []))

export interface TextPart {
  /** Where it begins. */
  readonly at: number
  readonly text: string
  /** Whom it names; undefined for plain words. */
  readonly person?: string
}

/** A comment in its parts: of names that begin alike the longest is meant. */
export function textParts(text: string, mentions: readonly Mention[]): readonly TextPart[] {
  const names = mentions
    .flatMap(({ id, label }) => (label === null || label === '' ? [] : [{ id, said: `@${label}` }]))
    .sort((one, other) => other.said.length - one.said.length)
  if (names.length === 0) return [{ at: 0, text }]
  const parts: TextPart[] = []
  let plain = 0
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at)) {
    const found = names.find(({ said }) => text.startsWith(said, at))
    if (found === undefined) {
      at++
      continue
    }
    if (plain < at) parts.push({ at: plain, text: text.slice(plain, at) })
    parts.push({ at, text: found.said, person: found.id })
    at += found.said.length
    plain = at
  }
  if (plain < text.length) parts.push({ at: plain, text: text.slice(plain) })
  return parts
}
