/** One who may get the record. */
export interface Eligible {
  readonly id: string
  /** Records of theirs that are not closed. */
  readonly open: number
  readonly weight: number
}

/** Where the turn stands: who was the last, and what is due to each by weight. */
export interface Turn {
  readonly last: string | null
  readonly weights: Readonly<Record<string, number>>
}

export type Manner = 'round_robin' | 'least_open' | 'weighted'

/**
 * Who is next, and where the turn stands then. In turn goes by the order of ids, so that people who come and go keep
 * everybody's place; of those with equally few open records the next in turn gets it; by weight nobody gets two in a row
 * that another one has earned (smooth weighted round robin).
 */
export function takeTurn(
  by: Manner,
  people: readonly Eligible[],
  turn: Turn,
): { readonly chosen: string; readonly turn: Turn } | undefined {
  const inOrder = [...people].sort((one, other) => (one.id < other.id ? -1 : 1))
  if (inOrder.length === 0) return undefined
  if (by === 'weighted') return byWeight(inOrder, turn)
  const fewest = Math.min(...inOrder.map(({ open }) => open))
  const among = by === 'least_open' ? inOrder.filter(({ open }) => open === fewest) : inOrder
  const next = among.find(({ id }) => turn.last !== null && id > turn.last) ?? among[0]!
  return { chosen: next.id, turn: { ...turn, last: next.id } }
}

function byWeight(people: readonly Eligible[], { weights }: Turn) {
  const weighty = people.filter(({ weight }) => weight > 0)
  if (weighty.length === 0) return undefined
  const total = weighty.reduce((sum, { weight }) => sum + weight, 0)
  const due = weighty.map(({ id, weight }) => ({ id, due: (weights[id] ?? 0) + weight }))
  const next = due.reduce((best, one) => (one.due > best.due ? one : best))
  const left = due.map(({ id, due: own }) => [id, id === next.id ? own - total : own] as const)
  return { chosen: next.id, turn: { last: next.id, weights: Object.fromEntries(left) } }
}
