/**
 * The candidate nearest to what was written, for "did you mean …?"; undefined when none is near.
 * Damerau–Levenshtein in its optimal string alignment form; near = at most a third of the length, at least 1.
 */
export function nearest(written: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(written.length / 3))
  let best: string | undefined
  let bestDistance = limit + 1
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - written.length) > limit) continue
    const distance = editDistance(written.toLowerCase(), candidate.toLowerCase(), bestDistance)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** The hint that guesses what was meant, undefined where nothing is near; a further language says it by its key. */
export function didYouMean(name: string | undefined) {
  if (name === undefined) return undefined
  const said = { en: `Did you mean “${name}”?`, 'zh-CN': `您是不是要用“${name}”？` }
  return { key: 'did_you_mean', values: { name }, ...said }
}

function editDistance(a: string, b: string, stopAt: number): number {
  let twoBack: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let value = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        value = Math.min(value, twoBack[j - 2]! + 1)
      }
      row[j] = value
    }
    if (Math.min(...row) >= stopAt) return stopAt
    twoBack = previous
    previous = row
  }
  return previous[b.length]!
}
