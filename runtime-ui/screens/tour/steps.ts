import type { TourName } from '../../api/types.ts'

export interface TourStep {
  readonly name: string
  /** Where it points, the first of these that is to be seen: on a desk and on a phone places differ. */
  readonly at: readonly string[]
}

/** What a newcomer is shown, in this order; what is not there for a person is left out. */
export const TOUR_STEPS: { readonly [T in TourName]: readonly TourStep[] } = {
  work: [
    { name: 'places', at: ['.nav .nav-places', '.tab-bar'] },
    { name: 'find', at: ['.nav .palette-field', '.icon-link.only-phone'] },
    { name: 'page', at: ['main .bar', 'main'] },
    { name: 'add', at: ['main .bar .btn-primary', '.tab-bar .tab-add'] },
    { name: 'bell', at: ['.nav .bell'] },
    { name: 'self', at: ['.nav-foot .person', '.tab-bar .tab-more'] },
  ],
  designer: [
    { name: 'kinds', at: ['.designer-nav .nav-places', '.designer-nav .nav-open'] },
    { name: 'begin', at: ['.designer-nav a[href="/designer/begin"]'] },
    { name: 'model', at: ['.designer-nav a[href="/designer/model"]'] },
    { name: 'search', at: ['.designer-nav .nav-search'] },
    { name: 'drafts', at: ['.designer-nav a[href="/designer/drafts"]'] },
    { name: 'versions', at: ['.designer-nav a[href="/designer/versions"]'] },
    { name: 'templates', at: ['.designer-nav a[href="/designer/templates"]'] },
  ],
}

/** What a step points at now; undefined where nothing of it is to be seen. */
export function targetOf({ at }: TourStep): HTMLElement | undefined {
  return at
    .flatMap((selector) => [...document.querySelectorAll<HTMLElement>(selector)])
    .find((element) => element.getClientRects().length > 0)
}

export interface Box {
  readonly top: number
  readonly left: number
  readonly width: number
  readonly height: number
}

interface Size {
  readonly width: number
  readonly height: number
}

const GAP = 12
const EDGE = 12

/** Where the card stands: beside what it is about where there is room, else below or above, always within the window. */
export function placeCard(
  target: Box,
  card: Size,
  screen: Size,
): { readonly top: number; readonly left: number } {
  const within = (value: number, size: number, most: number): number =>
    Math.max(EDGE, Math.min(value, most - size - EDGE))
  const right = target.left + target.width + GAP
  if (right + card.width + EDGE <= screen.width)
    return { left: right, top: within(target.top, card.height, screen.height) }
  const below = target.top + target.height + GAP
  const hasRoom = below + card.height + EDGE <= screen.height
  const top = hasRoom ? below : within(target.top - card.height - GAP, card.height, screen.height)
  return { left: within(target.left, card.width, screen.width), top }
}
