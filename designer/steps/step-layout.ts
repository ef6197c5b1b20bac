import type { Path } from '../store/json-value.ts'
import { keyOfPath, type Lane, type Slot, type StepNode } from './step-tree.ts'

export const CARD = { width: 272, height: 68 } as const
/** From card to card, with room for the plus in between. */
const GAP = 44
/** From a step to where its ways part, and from their ends to where they meet. */
const FORK = 18
/** The head of a way, with what it is called. */
const HEAD = 30
const BETWEEN = 36
const FRAME = 18
const RADIUS = 8
const TENON = 8

export interface PlacedCard {
  readonly path: Path
  /** The step; undefined for the trigger and the end. */
  readonly node: StepNode | undefined
  readonly x: number
  readonly y: number
}

export interface PlacedLine {
  readonly line: string
  readonly tenon: string | undefined
  /** Steps that have been taken where this way was gone: the one it leads to, or comes from. */
  readonly of: string
  /** Of a way without steps: gone where the step was taken and none of these was. */
  readonly unless?: readonly string[]
}

export interface PlacedPlus {
  readonly slot: Slot
  readonly x: number
  readonly y: number
}

export interface PlacedName {
  readonly lane: Lane
  readonly x: number
  readonly y: number
  /** Of a lane whose steps come again: the frame around them. */
  readonly frame?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

export interface FlowLayout {
  readonly cards: readonly PlacedCard[]
  readonly lines: readonly PlacedLine[]
  readonly pluses: readonly PlacedPlus[]
  readonly names: readonly PlacedName[]
  readonly width: number
  readonly height: number
}

/** How far something reaches left and right of the line that it stands on, and down. */
interface Extent {
  readonly left: number
  readonly right: number
  readonly height: number
}

interface Sink {
  readonly cards: PlacedCard[]
  readonly lines: PlacedLine[]
  readonly pluses: PlacedPlus[]
  readonly names: PlacedName[]
}

/** A flow from its trigger down to its end: what happens one after the other below, what happens instead beside. */
export function layoutFlow(steps: readonly StepNode[]): FlowLayout {
  const sink: Sink = { cards: [], lines: [], pluses: [], names: [] }
  const extent = listExtent(steps)
  const x = extent.left
  sink.cards.push({ path: ['trigger'], node: undefined, x: x - CARD.width / 2, y: 0 })
  const end = placeList(sink, steps, ['steps'], x, CARD.height)
  const ends = endsIn(steps)
  if (!ends) {
    sink.lines.push({
      line: `M${x} ${end - GAP}V${end - TENON}`,
      tenon: tenonAt(x, end),
      of: lastOf(steps) ?? 'trigger',
    })
    sink.cards.push({ path: ['end'], node: undefined, x: x - CARD.width / 2, y: end })
  }
  return { ...sink, width: extent.left + extent.right, height: end + (ends ? 0 : CARD.height) }
}

const lastOf = (steps: readonly StepNode[]): string | undefined => {
  const last = steps.at(-1)
  return last === undefined ? undefined : keyOfPath(last.path)
}

/** Whether nothing comes behind a list: its last step ends the flow. */
function endsIn(steps: readonly StepNode[]): boolean {
  const last = steps.at(-1)
  if (last === undefined) return false
  if (last.step.do === 'stop' && last.step.when === undefined) return true
  return last.way === 'split' && last.lanes.every((lane) => endsIn(lane.steps))
}

function listExtent(steps: readonly StepNode[]): Extent {
  const extents = steps.map(stepExtent)
  const half = CARD.width / 2
  return {
    left: Math.max(half, ...extents.map(({ left }) => left)),
    right: Math.max(half, ...extents.map(({ right }) => right)),
    height: extents.reduce((sum, { height }) => sum + GAP + height, GAP),
  }
}

interface LanePlace {
  readonly lane: Lane
  readonly extent: Extent
  /** From the line of the step. */
  readonly x: number
}

/** Ways beside one another: those of a split around the line of the step, others right of it. */
function lanesOf({ lanes, way }: StepNode): readonly LanePlace[] {
  const extents = lanes.map((lane) => listExtent(lane.steps))
  if (way === 'each') {
    const [first] = extents
    let x = (first?.right ?? 0) + FRAME + BETWEEN
    return lanes.map((lane, at) => {
      const extent = extents[at]!
      if (at === 0) return { lane, extent, x: 0 }
      const place = { lane, extent, x: x + extent.left }
      x += extent.left + extent.right + BETWEEN
      return place
    })
  }
  const width = extents.reduce((sum, { left, right }) => sum + left + right + BETWEEN, -BETWEEN)
  let x = way === 'split' ? -width / 2 : CARD.width / 2 + BETWEEN
  return lanes.map((lane, at) => {
    const extent = extents[at]!
    const place = { lane, extent, x: x + extent.left }
    x += extent.left + extent.right + BETWEEN
    return place
  })
}

function stepExtent(node: StepNode): Extent {
  const half = CARD.width / 2
  if (node.lanes.length === 0) return { left: half, right: half, height: CARD.height }
  const places = lanesOf(node)
  const frame = node.way === 'each' ? FRAME : 0
  return {
    left: Math.max(half, ...places.map(({ x, extent }) => extent.left - x + frame)),
    right: Math.max(half, ...places.map(({ x, extent }) => x + extent.right + frame)),
    height: CARD.height + FORK + HEAD + Math.max(...places.map(({ extent }) => extent.height)) + FORK,
  }
}

/** @returns where the next thing may stand: the end of its last gap */
function placeList(sink: Sink, steps: readonly StepNode[], list: Path, x: number, top: number): number {
  let y = top
  for (const [at, node] of steps.entries()) {
    const key = keyOfPath(node.path)
    sink.lines.push({ line: `M${x} ${y}V${y + GAP - TENON}`, tenon: tenonAt(x, y + GAP), of: key })
    sink.pluses.push({ slot: { list, at }, x, y: y + GAP / 2 - 3 })
    y = placeStep(sink, node, x, y + GAP)
  }
  if (!endsIn(steps)) sink.pluses.push({ slot: { list, at: steps.length }, x, y: y + GAP / 2 - 3 })
  return y + GAP
}

function placeStep(sink: Sink, node: StepNode, x: number, y: number): number {
  sink.cards.push({ path: node.path, node, x: x - CARD.width / 2, y })
  const bottom = y + CARD.height
  if (node.lanes.length === 0) return bottom
  const places = lanesOf(node)
  const { height } = stepExtent(node)
  const end = y + height
  const key = keyOfPath(node.path)
  const fork = bottom + FORK
  const firsts = node.lanes.flatMap(({ steps }) => (steps[0] === undefined ? [] : [keyOfPath(steps[0].path)]))
  // What only sometimes goes another way goes on straight down.
  if (node.way === 'aside') sink.lines.push({ line: `M${x} ${bottom}V${end}`, tenon: undefined, of: key })
  for (const [at, { lane, extent, x: away }] of places.entries()) {
    const own = x + away
    const start = fork + HEAD
    const [first] = lane.steps
    const of = first === undefined ? key : keyOfPath(first.path)
    const gone = first === undefined && node.way === 'split' ? { unless: firsts } : {}
    sink.lines.push({ line: across(x, bottom, own, fork, start), tenon: undefined, of, ...gone })
    const bottomOfLane = placeList(sink, lane.steps, lane.path, own, start)
    const isFramed = node.way === 'each' && at === 0
    sink.names.push({
      lane,
      x: own,
      y: fork + HEAD / 2,
      ...(isFramed
        ? {
            frame: {
              x: own - extent.left - FRAME,
              y: fork,
              width: extent.left + extent.right + 2 * FRAME,
              height: HEAD + extent.height,
            },
          }
        : {}),
    })
    if (endsIn(lane.steps)) continue
    const from = bottomOfLane - GAP
    sink.lines.push({
      line: across(own, from, x, end - FORK / 2, end),
      tenon: undefined,
      of: lastOf(lane.steps) ?? key,
      ...gone,
    })
  }
  return end
}

/** Down, aside and down again, with round corners. */
function across(x: number, y: number, to: number, at: number, end: number): string {
  if (to === x) return `M${x} ${y}V${end}`
  const turn = to > x ? RADIUS : -RADIUS
  return `M${x} ${y}V${at - RADIUS}Q${x} ${at} ${x + turn} ${at}H${to - turn}Q${to} ${at} ${to} ${at + RADIUS}V${end}`
}

const tenonAt = (x: number, y: number): string => `M${x - 6} ${y - TENON}H${x + 6}L${x + 10} ${y}H${x - 10}Z`
