import type { IconName } from '../runtime-ui/kit/icons/paths.ts'

/** Something that the search of the designer leads to. */
export interface Findable {
  readonly to: string
  readonly icon: IconName
  readonly name: string
  readonly label: string
  /** What it is part of. */
  readonly of?: string
  /** It is found by what it says, which is longer than a name. */
  readonly isRule?: boolean
  /** Its name and its labels in every language. */
  readonly words: string
  /** What else is told of it. */
  readonly more: string
}

/** What has the text: first what is called exactly so, then what begins with it, has it in its names, is told with it. */
export function found(all: readonly Findable[], text: string): readonly Findable[] {
  const wanted = text.trim().toLowerCase()
  const ranked = all.flatMap((item) => {
    const rank = rankOf(item, wanted)
    return rank === undefined ? [] : [{ item, rank }]
  })
  return ranked.sort((one, other) => one.rank - other.rank).map(({ item }) => item)
}

function rankOf({ name, label, words, more }: Findable, wanted: string): number | undefined {
  const called = [name, label].map((one) => one.toLowerCase())
  if (called.includes(wanted)) return 0
  if (called.some((one) => one.startsWith(wanted))) return 1
  if (words.toLowerCase().includes(wanted)) return 2
  return more.toLowerCase().includes(wanted) ? 3 : undefined
}
