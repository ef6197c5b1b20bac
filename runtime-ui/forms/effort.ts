/** Between two signs of life this much counts, milliseconds: whoever is silent for longer does something else. */
const IDLE_MS = 15_000
/** What the server takes for one field. */
const MOST_MS = 600_000

/** How long a person is at each field of a form; time comes as milliseconds of any steady clock. */
export interface EffortMeter {
  enter(field: string, at: number): void
  /** Something is typed, pressed or chosen. */
  act(at: number): void
  leave(at: number): void
  /** Whole milliseconds by field. */
  taken(): Readonly<Record<string, number>>
}

export function createEffortMeter(): EffortMeter {
  const sums = new Map<string, number>()
  let current: { readonly field: string; readonly since: number } | undefined
  const count = (at: number): void => {
    if (current === undefined) return
    const more = Math.min(Math.max(0, at - current.since), IDLE_MS)
    sums.set(current.field, Math.min((sums.get(current.field) ?? 0) + more, MOST_MS))
    current = { field: current.field, since: at }
  }
  return {
    enter(field, at) {
      count(at)
      current = { field, since: at }
    },
    act: count,
    leave(at) {
      count(at)
      current = undefined
    },
    taken: () => Object.fromEntries([...sums].map(([field, ms]) => [field, Math.round(ms)])),
  }
}
