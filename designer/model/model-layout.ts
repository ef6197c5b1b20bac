import type { EntityCard, Link } from './model-graph.ts'

export const CARD_WIDTH = 248
export const HEAD = 44
export const ROW = 26
const FOOT = 28
const PAD = 6
const BESIDE = 96
const BELOW = 32

export const heightOf = ({ rows, more }: Pick<EntityCard, 'rows' | 'more'>): number =>
  HEAD + PAD + rows.length * ROW + (more > 0 ? FOOT : PAD)

export interface Place {
  readonly x: number
  readonly y: number
}

/**
 * Entities in columns: those that lead nowhere first, each other one right of those that it leads to, near to what it is
 * linked with. What has no link at all stands below.
 */
export function placeEntities(
  cards: readonly EntityCard[],
  links: readonly Link[],
): ReadonlyMap<string, Place> {
  const others = links.filter(({ from, to }) => from !== to)
  const linked = new Set(others.flatMap(({ from, to }) => [from, to]))
  const depth = depthsOf(cards, others)
  const inPicture = cards.filter(({ name }) => linked.has(name))
  const tall = targetHeight(inPicture)
  const layers = new Map<number, EntityCard[]>()
  for (const card of inPicture) {
    const at = depth.get(card.name) ?? 0
    layers.set(at, [...(layers.get(at) ?? []), card])
  }
  const near = neighboursOf(others)
  const places = new Map<string, Place>()
  let x = 0
  for (const [, layer] of [...layers].sort(([one], [other]) => one - other)) {
    const centre = (card: EntityCard): number => {
      const known = (near.get(card.name) ?? []).flatMap((name) => places.get(name)?.y ?? [])
      return known.length === 0 ? 0 : known.reduce((sum, y) => sum + y, 0) / known.length
    }
    const ordered = [...layer].sort(
      (one, other) => centre(one) - centre(other) || one.name.localeCompare(other.name),
    )
    for (const column of columnsOf(ordered, tall)) {
      const height = column.reduce((sum, card) => sum + heightOf(card) + BELOW, -BELOW)
      let y = (tall - height) / 2
      for (const card of column) {
        places.set(card.name, { x, y })
        y += heightOf(card) + BELOW
      }
      x += CARD_WIDTH + BESIDE
    }
  }
  return new Map([
    ...places,
    ...rowsBelow(
      cards.filter(({ name }) => !linked.has(name)),
      places,
      x,
      tall,
    ),
  ])
}

/** So tall that the whole is about as wide as a screen is. */
function targetHeight(cards: readonly EntityCard[]): number {
  const area = cards.reduce((sum, card) => sum + (heightOf(card) + BELOW) * (CARD_WIDTH + BESIDE), 0)
  const tallest = Math.max(0, ...cards.map(heightOf))
  return Math.max(tallest, Math.sqrt(area / 1.6))
}

/** How many steps each is away from what leads nowhere; a circle is cut where it is met. */
function depthsOf(cards: readonly EntityCard[], links: readonly Link[]): ReadonlyMap<string, number> {
  const targets = new Map<string, string[]>()
  for (const { from, to } of links) targets.set(from, [...(targets.get(from) ?? []), to])
  const depths = new Map<string, number>()
  const open = new Set<string>()
  const depthOf = (name: string): number => {
    const known = depths.get(name)
    if (known !== undefined) return known
    if (open.has(name)) return -1
    open.add(name)
    const depth = 1 + Math.max(-1, ...(targets.get(name) ?? []).map(depthOf))
    open.delete(name)
    depths.set(name, depth)
    return depth
  }
  for (const { name } of cards) depthOf(name)
  return depths
}

function neighboursOf(links: readonly Link[]): ReadonlyMap<string, readonly string[]> {
  const near = new Map<string, string[]>()
  for (const { from, to } of links) {
    near.set(from, [...(near.get(from) ?? []), to])
    near.set(to, [...(near.get(to) ?? []), from])
  }
  return near
}

function columnsOf(cards: readonly EntityCard[], tall: number): readonly (readonly EntityCard[])[] {
  const columns: EntityCard[][] = []
  let height = Number.POSITIVE_INFINITY
  for (const card of cards) {
    const own = heightOf(card) + BELOW
    if (height + own > tall + BELOW) {
      columns.push([])
      height = 0
    }
    columns.at(-1)?.push(card)
    height += own
  }
  return columns
}

function rowsBelow(
  cards: readonly EntityCard[],
  above: ReadonlyMap<string, Place>,
  wide: number,
  tall: number,
): readonly (readonly [string, Place])[] {
  const most = Math.max(4, Math.round(wide / (CARD_WIDTH + BESIDE)))
  let y = above.size === 0 ? 0 : tall + 2 * BELOW
  const rows: (readonly [string, Place])[] = []
  for (let at = 0; at < cards.length; at += most) {
    const row = cards.slice(at, at + most)
    for (const [column, card] of row.entries())
      rows.push([card.name, { x: column * (CARD_WIDTH + BESIDE), y }])
    y += Math.max(...row.map(heightOf)) + BELOW
  }
  return rows
}

/** The line of a link: from the row of its field to the head of the entity that it leads to, on the sides that are near. */
export function lineOf(
  from: Place,
  row: number | undefined,
  to: Place,
): { readonly line: string; readonly tenon: string; readonly end: Place } {
  const y = from.y + (row === undefined ? HEAD / 2 : HEAD + PAD + row * ROW + ROW / 2)
  const into = to.y + HEAD / 2
  const isRight = to.x > from.x
  const isBeside = to.x !== from.x
  const start = isRight ? from.x + CARD_WIDTH : from.x
  // One in the same column is reached around the left side.
  const end = isBeside && !isRight ? to.x + CARD_WIDTH : to.x
  const out = isRight ? 1 : -1
  const tip = start + out * 9
  const tenon = `M${start} ${y - 9}L${tip} ${y - 5}V${y + 5}L${start} ${y + 9}Z`
  // Rows of one card turn one beside the other.
  const own = (((row ?? 0) % 5) - 2) * 7
  const bend = isBeside
    ? (Math.abs(end - tip) > 2 * BESIDE ? tip + out * (BESIDE / 2) : (tip + end) / 2) + own
    : Math.min(tip, end) - BESIDE / 3 + own
  return { line: `M${tip} ${y}${bent(tip, y, bend, end, into)}`, tenon, end: { x: end, y: into } }
}

/** Along, up or down at `bend`, and along, with round corners. */
function bent(x: number, y: number, bend: number, end: number, into: number): string {
  const radius = Math.min(8, Math.abs(into - y) / 2, Math.abs(bend - x), Math.abs(end - bend))
  if (radius < 1) return `L${bend} ${y}L${bend} ${into}L${end} ${into}`
  const [first, second] = [Math.sign(bend - x), Math.sign(end - bend)]
  const down = Math.sign(into - y)
  return [
    `H${bend - first * radius}`,
    `Q${bend} ${y} ${bend} ${y + down * radius}`,
    `V${into - down * radius}`,
    `Q${bend} ${into} ${bend + second * radius} ${into}`,
    `H${end}`,
  ].join('')
}
