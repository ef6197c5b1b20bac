import type { EntityCard, Link } from './model-graph.ts'
import type { Group } from './model-groups.ts'
import { CARD_WIDTH, HEAD, heightOf, type Place, placeEntities } from './model-layout.ts'

/** Pixels of a frame around its cards; its head is above them. */
const AROUND = 20
export const FRAME_HEAD = 40
/** Between frames, where the lines from one to the other pass. */
const BETWEEN = 48
const FOLDED_ROW = 22
/** Entities that a folded group names; how many there are beyond is told. */
export const FOLDED_NAMES = 6
/** How much wider than tall the whole becomes, as screens are. */
const WIDE = 1.6

/** Where a group stands: a frame around its entities, or one card where it is folded. */
export interface Frame extends Place {
  readonly group: Group
  readonly width: number
  readonly height: number
  readonly isFolded: boolean
}

interface Block {
  readonly group: Group | undefined
  readonly names: readonly string[]
  readonly width: number
  readonly height: number
  readonly isFolded: boolean
  /** From the corner of the block. */
  readonly places: ReadonlyMap<string, Place>
}

/**
 * Each group in a frame of its own, laid out by its own lookups, and what has no group in a part without a frame. The
 * parts stand near to what they are linked with: the largest first, then by lookups to those that stand, each as high up
 * as it fits in (the bottom-left rule for packing rectangles; Baker, Coffman, Rivest 1980).
 */
export function placeGroups(
  cards: readonly EntityCard[],
  links: readonly Link[],
  groups: readonly Group[],
  folded: ReadonlySet<string>,
): { readonly places: ReadonlyMap<string, Place>; readonly frames: readonly Frame[] } {
  const grouped = new Set(groups.flatMap(({ names }) => names))
  const rest = cards.filter(({ name }) => !grouped.has(name))
  const blocks = groups.map((group) => blockOf(group, cards, links, folded))
  if (rest.length > 0) {
    const names = rest.map(({ name }) => name)
    blocks.push({ group: undefined, names, isFolded: false, ...spread(rest, links) })
  }
  const places = new Map<string, Place>()
  const frames: Frame[] = []
  for (const { block, at } of packed(blocks, links)) {
    for (const [name, place] of block.places) places.set(name, { x: at.x + place.x, y: at.y + place.y })
    const { group, width, height, isFolded } = block
    if (group !== undefined) frames.push({ group, ...at, width, height, isFolded })
  }
  return { places, frames }
}

function blockOf(
  group: Group,
  cards: readonly EntityCard[],
  links: readonly Link[],
  folded: ReadonlySet<string>,
): Block {
  const { names } = group
  if (folded.has(group.label)) {
    const height = HEAD + 12 + FOLDED_ROW * Math.min(names.length, FOLDED_NAMES + 1)
    return { group, names, isFolded: true, width: CARD_WIDTH, height, places: new Map() }
  }
  const own = new Set(names)
  const inner = spread(
    cards.filter(({ name }) => own.has(name)),
    links,
  )
  const moved = [...inner.places].map(
    ([name, { x, y }]) => [name, { x: x + AROUND, y: y + FRAME_HEAD }] as const,
  )
  const size = { width: inner.width + 2 * AROUND, height: inner.height + FRAME_HEAD + AROUND }
  return { group, names, isFolded: false, ...size, places: new Map(moved) }
}

/** Cards by the lookups between them alone, from the corner of what they take up. */
function spread(cards: readonly EntityCard[], links: readonly Link[]) {
  const own = new Set(cards.map(({ name }) => name))
  const placed = placeEntities(
    cards,
    links.filter(({ from, to }) => own.has(from) && own.has(to)),
  )
  const places = [...placed.values()]
  const [left, top] = [Math.min(...places.map(({ x }) => x)), Math.min(...places.map(({ y }) => y))]
  const bottoms = cards.map((card) => (placed.get(card.name)?.y ?? 0) + heightOf(card))
  return {
    width: Math.max(...places.map(({ x }) => x)) + CARD_WIDTH - left,
    height: Math.max(...bottoms) - top,
    places: new Map([...placed].map(([name, { x, y }]) => [name, { x: x - left, y: y - top }])),
  }
}

interface Packed {
  readonly block: Block
  readonly at: Place
}

/** As wide as leaves the whole largest on a screen, of some widths from the narrowest that could do. */
function packed(blocks: readonly Block[], links: readonly Link[]): readonly Packed[] {
  const order = inOrder(blocks, links)
  const areas = blocks.map(({ width, height }) => (width + BETWEEN) * (height + BETWEEN))
  const whole = areas.reduce((sum, area) => sum + area, 0)
  const least = Math.max(0, ...blocks.map(({ width }) => width))
  const square = Math.max(least, Math.sqrt(whole * WIDE))
  const tries = WIDTHS.map((times) => packedInto(order, Math.max(least, square * times)))
  return tries.reduce((best, one) => (sizeOf(one) < sizeOf(best) ? one : best))
}

/** Of the width that would do if nothing stayed empty. */
const WIDTHS = [1, 0.8, 0.9, 1.1, 1.2, 1.3, 1.4, 1.5]

function packedInto(order: readonly Block[], room: number): readonly Packed[] {
  const done: Packed[] = []
  for (const block of order) done.push({ block, at: spotFor(block, done, room) })
  return done
}

/** The height of the screen that shows all of it. */
function sizeOf(done: readonly Packed[]): number {
  const right = Math.max(0, ...done.map(({ block, at }) => at.x + block.width))
  const bottom = Math.max(0, ...done.map(({ block, at }) => at.y + block.height))
  return Math.max(right / WIDE, bottom)
}

/** The largest first, then always the one that most lookups tie to those before it, the larger one of equals. */
function inOrder(blocks: readonly Block[], links: readonly Link[]): readonly Block[] {
  const home = new Map(blocks.flatMap((block) => block.names.map((name) => [name, block] as const)))
  const left = new Set([...blocks].sort((one, other) => areaOf(other) - areaOf(one)))
  const order: Block[] = []
  const ties = new Map<Block, number>()
  while (left.size > 0) {
    const next = [...left].reduce((best, one) => ((ties.get(one) ?? 0) > (ties.get(best) ?? 0) ? one : best))
    left.delete(next)
    order.push(next)
    for (const { from, to } of links) {
      const [one, other] = [home.get(from), home.get(to)]
      const tied = one === next ? other : other === next ? one : undefined
      if (tied !== undefined && left.has(tied)) ties.set(tied, (ties.get(tied) ?? 0) + 1)
    }
  }
  return order
}

const areaOf = ({ width, height }: Block): number => width * height

function spotFor(block: Block, done: readonly Packed[], room: number): Place {
  const lefts = [0, ...done.map(({ block: { width }, at }) => at.x + width + BETWEEN)]
  const spots = lefts
    .filter((x) => x === 0 || x + block.width <= room)
    .map((x) => ({ x, y: lowestUnder(done, x, block.width) }))
  return spots.reduce((best, spot) =>
    spot.y < best.y || (spot.y === best.y && spot.x < best.x) ? spot : best,
  )
}

/** Below everything that stands between these sides. */
function lowestUnder(done: readonly Packed[], x: number, width: number): number {
  const bottoms = done
    .filter(({ block, at }) => at.x < x + width + BETWEEN && x < at.x + block.width + BETWEEN)
    .map(({ block, at }) => at.y + block.height + BETWEEN)
  return Math.max(0, ...bottoms)
}
