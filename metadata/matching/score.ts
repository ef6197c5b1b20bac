/** How a character sounds, without its tone; undefined where that is not known. */
export type SoundOf = (character: string) => string | undefined

/** A character that sounds the same is half as wrong as another one. */
const SAME_SOUND = 0.5

/**
 * How alike two names are, from 0 to 1: 1 − d / n, where n is the length of the longer one and d the optimal string
 * alignment distance (Damerau 1964, Levenshtein 1966): the fewest insertions, deletions, replacements and swaps of
 * neighbours that make one of the other, each counted 1, but a replacement by a character of the same sound ½: 华兴机械
 * and 华星机械 are 0.875 alike. Symmetric; both in their normal form.
 */
export function scoreOf(one: string, other: string, soundOf: SoundOf): number {
  if (one === other) return 1
  const [left, right] = [[...one], [...other]]
  const longer = Math.max(left.length, right.length)
  return longer === 0 ? 0 : 1 - distance(left, right, soundOf) / longer
}

function distance(left: readonly string[], right: readonly string[], soundOf: SoundOf): number {
  const width = right.length + 1
  let before: number[] = []
  let last = Array.from({ length: width }, (_, column) => column)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column < width; column++) {
      const [a, b] = [left[row - 1]!, right[column - 1]!]
      const options = [
        last[column]! + 1,
        current[column - 1]! + 1,
        last[column - 1]! + replacement(a, b, soundOf),
      ]
      const isSwap = row > 1 && column > 1 && a === right[column - 2] && left[row - 2] === b
      if (isSwap) options.push(before[column - 2]! + 1)
      current.push(Math.min(...options))
    }
    before = last
    last = current
  }
  return last[width - 1]!
}

function replacement(one: string, other: string, soundOf: SoundOf): number {
  if (one === other) return 0
  const sound = soundOf(one)
  return sound !== undefined && sound === soundOf(other) ? SAME_SOUND : 1
}
