import type { ApprovalLevel } from '../../../metadata/types.ts'

export type TurnState = 'ahead' | 'waiting' | 'approved' | 'rejected' | 'returned' | 'transferred' | 'over'

/** Somebody's turn at a level. Turns of one part follow one another by their place. */
export interface Turn {
  readonly id: string
  readonly part: number
  readonly place: number
  readonly person: string
  readonly state: TurnState
}

/** What is to become of the turns of a level, and whether it is passed. */
export interface Standing {
  readonly isPassed: boolean
  /** The turns that wait from now on: of each part that is asked the first that is not decided. */
  readonly waiting: ReadonlySet<string>
}

/**
 * How a level stands by its turns. A part is what one approver answers for: their own word, and those of signers added
 * before or after them. any: one part is enough; all: each of them; in_order: each of them, one part after the other.
 */
export function standingOf(decide: ApprovalLevel['decide'], turns: readonly Turn[]): Standing {
  const parts = new Map<number, Turn[]>()
  for (const turn of turns) {
    if (turn.state === 'transferred') continue
    parts.set(turn.part, [...(parts.get(turn.part) ?? []), turn])
  }
  const open = [...parts]
    .sort(([one], [other]) => one - other)
    .map(([, list]) => firstOpen(list))
    .filter((turn) => turn !== undefined)
  const isPassed = decide === 'any' || decide === undefined ? open.length < parts.size : open.length === 0
  if (isPassed) return { isPassed, waiting: new Set() }
  const asked = decide === 'in_order' ? open.slice(0, 1) : open
  return { isPassed, waiting: new Set(asked.map(({ id }) => id)) }
}

function firstOpen(part: readonly Turn[]): Turn | undefined {
  return [...part]
    .sort((one, other) => one.place - other.place)
    .find(({ state }) => state === 'ahead' || state === 'waiting')
}
