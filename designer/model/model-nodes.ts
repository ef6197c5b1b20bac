import type { BundleLine } from './BundleEdge.tsx'
import type { EntityCardNode } from './EntityNode.tsx'
import type { GroupNodeOf } from './GroupNode.tsx'
import type { Frame } from './group-layout.ts'
import type { LinkLine } from './LinkEdge.tsx'
import type { EntityCard, Link } from './model-graph.ts'
import { type Bundle, groupId } from './model-groups.ts'
import { CARD_WIDTH, HEAD, heightOf, type Place } from './model-layout.ts'
import type { Dragged } from './use-card-drag.ts'

/** Where everything stands, entities by name and folded groups by id. */
export type Places = ReadonlyMap<string, Place>

const NOWHERE: Place = { x: 0, y: 0 }

/** Said beforehand, so that lines are drawn to cards that are out of sight as well. */
const handles = (width: number) => [
  { id: 'in', type: 'target' as const, position: 'left' as never, x: 0, y: HEAD / 2, width: 1, height: 1 },
  {
    id: 'out',
    type: 'source' as const,
    position: 'right' as never,
    x: width,
    y: HEAD / 2,
    width: 1,
    height: 1,
  },
]

/** @param isMovable whether it can be drawn into another group */
export function entityNode(card: EntityCard, places: Places, isMovable: boolean): EntityCardNode {
  const size = { width: CARD_WIDTH, height: heightOf(card) }
  return {
    ...{ id: card.name, type: 'entity', data: { card }, position: places.get(card.name) ?? NOWHERE },
    ...size,
    measured: size,
    draggable: isMovable,
    handles: handles(CARD_WIDTH),
  }
}

export function groupNode(frame: Frame): GroupNodeOf {
  const { group, x, y, width, height } = frame
  const size = { width, height }
  return {
    ...{ id: groupId(group.label), type: 'group_frame', data: { frame }, position: { x, y } },
    ...size,
    measured: size,
    draggable: false,
    connectable: false,
    // Frames lie under cards and lines; React Flow puts lines at 0.
    zIndex: frame.isFolded ? 0 : -1,
    handles: handles(width),
  }
}

const between = (from: string, to: string) => ({
  ...{ source: from, target: to, sourceHandle: 'out', targetHandle: 'in' },
  ariaRole: 'group' as const,
})

export function linkEdge(link: Link, cards: ReadonlyMap<string, EntityCard>, places: Places): LinkLine {
  const row = cards.get(link.from)?.rows.findIndex(({ name }) => name === link.field)
  return {
    ...{ id: link.id, type: 'link', ...between(link.from, link.to) },
    data: {
      link,
      from: places.get(link.from) ?? NOWHERE,
      to: places.get(link.to) ?? NOWHERE,
      row: row === -1 ? undefined : row,
    },
  }
}

export function bundleEdge(bundle: Bundle, places: Places): BundleLine {
  return {
    ...{ id: bundle.id, type: 'bundle', ...between(bundle.from, bundle.to) },
    data: { bundle, from: places.get(bundle.from) ?? NOWHERE, to: places.get(bundle.to) ?? NOWHERE },
  }
}

/** Where nodes stand: entities, folded groups, and what is being dragged where the pointer has it. */
export function placesOf(
  { places, frames }: { readonly places: Places; readonly frames: readonly Frame[] },
  dragged: Dragged | undefined,
): Places {
  const folded = frames.filter(({ isFolded }) => isFolded)
  return new Map([
    ...places,
    ...folded.map((frame) => [groupId(frame.group.label), frame] as const),
    ...(dragged === undefined ? [] : [[dragged.id, dragged.place] as const]),
  ])
}
