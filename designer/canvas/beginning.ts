/** Around the cards when a picture begins, with room for what runs outside them. */
const MARGIN_PX = 72
/** The same where it would not fit otherwise. */
const NARROW_PX = 28

interface Size {
  readonly width: number
  readonly height: number
}

export interface BeginningOf {
  /** What is drawn. */
  readonly bounds: Size & { readonly x: number; readonly y: number }
  /** The surface, without what floats at its left. */
  readonly room: Size
  /** It begins no smaller than this: words are to be read, the rest is reached by panning. */
  readonly least: number
  /** What it begins at where not all of it can be seen: the middle of that. */
  readonly first?: { readonly x: number; readonly y: number } | undefined
}

/** Where a picture begins: all of it in the middle if that can be read, else its beginning. */
export function beginningOf({ bounds, room, least, first }: BeginningOf) {
  const fitting = (margin: number): number =>
    Math.min((room.width - 2 * margin) / bounds.width, (room.height - 2 * margin) / bounds.height)
  // All of it in sight goes before room around it.
  const fits = fitting(MARGIN_PX) < least ? fitting(NARROW_PX) : fitting(MARGIN_PX)
  const zoom = Math.min(1, Math.max(least, fits))
  const margin = fits < least ? MARGIN_PX : NARROW_PX
  const place = (from: number, long: number, available: number, middle: number | undefined): number => {
    // A pixel for what rounding takes.
    if (long * zoom + 2 * margin <= available + 1) return (available - long * zoom) / 2 - from * zoom
    const start = MARGIN_PX - from * zoom
    return middle === undefined ? start : Math.min(start, available / 2 - middle * zoom)
  }
  return {
    x: place(bounds.x, bounds.width, room.width, first?.x),
    y: place(bounds.y, bounds.height, room.height, first?.y),
    zoom,
  }
}
