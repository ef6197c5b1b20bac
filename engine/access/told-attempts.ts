/** After this long an attempt counts as the first again, milliseconds. */
const WINDOW_MS = 60 * 60_000
/** Entries that one source may cause in that time, and all together. */
const PER_SOURCE = 20
const PER_NODE = 1_000
/** Counters kept at once; the oldest go first. */
const MAX_COUNTERS = 20_000

interface Counter {
  since: number
  attempts: number
  told: number
}

/** Which of endless refused attempts are worth an entry in the audit; in the memory of one node. */
export interface ToldAttempts {
  /**
   * Counts one more attempt of a source on a target: the how-manieth it is within the hour where it is to be told (the
   * first, the tenth, the hundredth …), undefined where it is not. However many attempts come, a source causes at most
   * 20 entries an hour and all sources together 1,000.
   */
  count(source: string, target: string): number | undefined
}

/** @param now the clock, milliseconds */
export function createToldAttempts(now: () => number = Date.now): ToldAttempts {
  const counters = new Map<string, Counter>()
  const all: Counter = { since: now(), attempts: 0, told: 0 }
  return {
    count(source, target) {
      const at = now()
      if (at - all.since >= WINDOW_MS) Object.assign(all, { since: at, told: 0 })
      const ofSource = touch(counters, source, at)
      const ofTarget = touch(counters, `${source}\n${target}`, at)
      ofTarget.attempts++
      if (!isPowerOfTen(ofTarget.attempts)) return undefined
      if (ofSource.told >= PER_SOURCE || all.told >= PER_NODE) return undefined
      ofSource.told++
      all.told++
      return ofTarget.attempts
    },
  }
}

/** The counter of a key, begun anew after its hour and moved to the end: the map is in the order of last use. */
function touch(counters: Map<string, Counter>, key: string, at: number): Counter {
  const known = counters.get(key)
  const counter =
    known === undefined || at - known.since >= WINDOW_MS ? { since: at, attempts: 0, told: 0 } : known
  counters.delete(key)
  counters.set(key, counter)
  if (counters.size > MAX_COUNTERS) counters.delete(counters.keys().next().value!)
  return counter
}

const isPowerOfTen = (count: number): boolean => /^10*$/.test(String(count))
