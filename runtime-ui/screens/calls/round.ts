/** A round of calls through a list as it stood when the round began. */
export interface Round {
  /** The records, in the order of the list. */
  readonly ids: readonly string[]
  /** Who is called now; as many as there are when the round is over. */
  readonly at: number
  /** By record: what came of it; null where it was skipped. */
  readonly results: Readonly<Record<string, string | null>>
}

export const beginRound = (ids: readonly string[]): Round => ({ ids, at: 0, results: {} })

/** What became of who was called, and on to the next of whom nothing is known yet. */
export function settle(round: Round, id: string, result: string | null): Round {
  const results = { ...round.results, [id]: result }
  const from = round.ids.indexOf(id) + 1
  const next = round.ids.findIndex((other, index) => index >= from && !Object.hasOwn(results, other))
  return { ...round, results, at: next === -1 ? round.ids.length : next }
}

/** Back to the one before. */
export const stepBack = (round: Round): Round => ({ ...round, at: Math.max(round.at - 1, 0) })

/** Those who were skipped once more. */
export function withSkipped(round: Round): Round {
  const results = Object.fromEntries(Object.entries(round.results).filter(([, result]) => result !== null))
  const at = round.ids.findIndex((id) => !Object.hasOwn(results, id))
  return { ...round, results, at: at === -1 ? round.ids.length : at }
}

/** How many were called, by what came of it, and how many were skipped. */
export function countsOf({ results }: Round): {
  readonly called: number
  readonly skipped: number
  readonly outcomes: ReadonlyMap<string, number>
} {
  const all = Object.values(results)
  const outcomes = new Map<string, number>()
  for (const result of all) if (result !== null) outcomes.set(result, (outcomes.get(result) ?? 0) + 1)
  const skipped = all.filter((result) => result === null).length
  return { called: all.length - skipped, skipped, outcomes }
}

/** A round as it was kept; undefined where it is none. */
export function readRound(text: string | null): Round | undefined {
  try {
    const { ids, at, results } = JSON.parse(text ?? '{}') as Partial<Record<keyof Round, unknown>>
    const isWhole =
      Array.isArray(ids) &&
      ids.length > 0 &&
      ids.every((id) => typeof id === 'string') &&
      Number.isInteger(at) &&
      typeof results === 'object' &&
      results !== null &&
      Object.values(results).every((result) => result === null || typeof result === 'string')
    return isWhole ? ({ ids, at, results } as Round) : undefined
  } catch {
    return undefined // anybody may have written there
  }
}
