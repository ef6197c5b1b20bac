import type { Move } from './stage-list.ts'

/** Of a card at least; all of a picture are as tall as the fullest one needs. */
export const CARD = { width: 176, height: 172 } as const
/** A name of two lines with what stands above and below it, and each thing that is said of the stage. */
const HEAD = 92
const MARK = 22
const GAP = 36
/** From the cards to the first lane, and from lane to lane. */
const LANE = { first: 26, step: 16 } as const
const RADIUS = 8

export const cardAt = (place: number) => ({ x: place * (CARD.width + GAP), y: 0 })

/** Where a card that was let go of at `x` stands in the row. */
export const placeAt = (x: number, count: number): number =>
  Math.max(0, Math.min(count - 1, Math.round(x / (CARD.width + GAP))))

/** @param marks how many things the card says of its stage that says most */
export const cardHeight = (marks: number): number => Math.max(CARD.height, HEAD + marks * MARK)

export interface Arrow extends Move {
  readonly line: string
  /** The joint at its end. */
  readonly tenon: string
  /** Where what is said of it stands. */
  readonly middle: { readonly x: number; readonly y: number }
}

/**
 * Moves to the next card go straight; those that pass over cards run in lanes above the row, those that lead back in
 * lanes below it. Moves to one stage share a lane.
 * @param height of the cards
 */
export function arrowsOf(moves: readonly Move[], height: number = CARD.height): readonly Arrow[] {
  const ahead = lanesOf(moves.filter(({ from, to }) => to > from + 1))
  const back = lanesOf(moves.filter(({ from, to }) => to < from))
  return moves.map((move) => {
    if (move.to === move.from + 1) return straight(move, height)
    const isAhead = move.to > move.from
    const lane = (isAhead ? ahead : back).get(move.to) ?? 0
    return around(move, LANE.first + lane * LANE.step, isAhead, height)
  })
}

/** The lane of each stage that is led to: shorter ways lie nearer to the cards. */
function lanesOf(moves: readonly Move[]): ReadonlyMap<number, number> {
  const spans = new Map<number, { start: number; end: number }>()
  for (const { from, to } of moves) {
    const span = spans.get(to) ?? { start: to, end: to }
    spans.set(to, { start: Math.min(span.start, from), end: Math.max(span.end, from) })
  }
  const lanes: { start: number; end: number }[][] = []
  const laneOf = new Map<number, number>()
  const byLength = [...spans].sort(([, a], [, b]) => a.end - a.start - (b.end - b.start))
  for (const [to, span] of byLength) {
    const free = lanes.findIndex((taken) =>
      taken.every(({ start, end }) => span.end < start || end < span.start),
    )
    const lane = free === -1 ? lanes.push([]) - 1 : free
    lanes[lane]?.push(span)
    laneOf.set(to, lane)
  }
  return laneOf
}

function straight({ from, to }: Move, height: number): Arrow {
  const x = cardAt(from).x + CARD.width
  const end = cardAt(to).x
  const y = height / 2
  return {
    ...{ from, to },
    line: `M${x} ${y}H${end - 8}`,
    tenon: `M${end - 8} ${y - 5}L${end} ${y - 9}V${y + 9}L${end - 8} ${y + 5}Z`,
    middle: { x: (x + end) / 2, y },
  }
}

function around({ from, to }: Move, away: number, isAhead: boolean, height: number): Arrow {
  const out = cardAt(from).x + CARD.width * (isAhead ? 0.72 : 0.28)
  const into = cardAt(to).x + CARD.width * (isAhead ? 0.28 : 0.72)
  const edge = isAhead ? 0 : height
  const outwards = isAhead ? -1 : 1
  const lane = edge + outwards * away
  const along = into > out ? 1 : -1
  const turn = RADIUS * along
  const tip = edge + outwards * 8
  return {
    ...{ from, to },
    line: [
      `M${out} ${edge}V${lane - outwards * RADIUS}`,
      `Q${out} ${lane} ${out + turn} ${lane}`,
      `H${into - turn}`,
      `Q${into} ${lane} ${into} ${lane - outwards * RADIUS}`,
      `V${tip}`,
    ].join(''),
    tenon: `M${into - 5} ${tip}L${into - 9} ${edge}H${into + 9}L${into + 5} ${tip}Z`,
    middle: { x: (out + into) / 2, y: lane },
  }
}
