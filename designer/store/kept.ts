import { addressOf, type Base, type Draft, definitionIn } from './draft.ts'
import { isSame, type Json } from './json-value.ts'

/** What a page knows of the definitions of its draft as the engine has them, by address. */
export interface Kept {
  /** As this page has sent them: what differs from it is still to be stored. */
  readonly written: Map<string, Json | undefined>
  /** As the engine had them when this page saw them last, with their ids: what its changes are changes of. */
  readonly known: Map<string, Json | undefined>
  /** What was known before: an answer that comes late is no news. */
  readonly before: Map<string, readonly (Json | undefined)[]>
}

export const newKept = (): Kept => ({ written: new Map(), known: new Map(), before: new Map() })

/** Answers that may be on their way at once. */
const MOST_BEFORE = 20

export const knownOf = ({ known }: Kept, key: string, base: Base): Json | undefined =>
  known.has(key) ? known.get(key) : base.start

export function note(
  kept: Kept,
  key: string,
  {
    base,
    written,
    known,
  }: { readonly base: Base; readonly written: Json | undefined; readonly known: Json | undefined },
): void {
  const before = [...(kept.before.get(key) ?? []), knownOf(kept, key, base)]
  kept.before.set(key, before.slice(-MOST_BEFORE))
  kept.written.set(key, written)
  kept.known.set(key, known)
}

export interface Dirty {
  readonly key: string
  readonly now: Json | undefined
  readonly base: Base
}

/** What is not stored yet. */
export function dirtyOf(draft: Draft, { written }: Kept): readonly Dirty[] {
  return [...draft.bases].flatMap(([key, base]) => {
    const now = definitionIn(draft, addressOf(key), undefined)
    const stored = written.has(key) ? written.get(key) : base.start
    return isSame(now, stored) ? [] : [{ key, now, base }]
  })
}

/** What another window has changed of what this page has touched and stored. */
export function newsIn(
  draft: Draft,
  kept: Kept,
  itemOf: (key: string) => { readonly definition: Json | undefined } | undefined,
): readonly { readonly key: string; readonly base: Base; readonly theirs: Json | undefined }[] {
  const dirty = new Set(dirtyOf(draft, kept).map(({ key }) => key))
  return [...draft.bases].flatMap(([key, base]) => {
    const item = itemOf(key)
    const theirs = item === undefined ? base.inForce : item.definition
    const isKnown =
      isSame(theirs, knownOf(kept, key, base)) ||
      kept.before.get(key)?.some((one) => isSame(one, theirs)) === true
    return dirty.has(key) || isKnown ? [] : [{ key, base, theirs }]
  })
}
