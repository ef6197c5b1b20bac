/** Where columns stand: their widths in the room that there is, and which of them stay. */

export interface Spread {
  /** Pixels of each column. */
  readonly widths: readonly number[]
  /** What is left behind the last one. */
  readonly rest: number
}

/**
 * The widths of columns in a room. Those that somebody has sized keep their width; the others share what is left in the
 * proportion of what they need.
 */
export function spread(
  columns: readonly { readonly own: number | undefined; readonly usual: number }[],
  room: number,
): Spread {
  const needed = columns.reduce((sum, { own, usual }) => sum + (own ?? usual), 0)
  const left = Math.max(0, room - needed)
  const sharing = columns.reduce((sum, { own, usual }) => sum + (own === undefined ? usual : 0), 0)
  if (left === 0 || sharing === 0)
    return { widths: columns.map(({ own, usual }) => own ?? usual), rest: left }
  // Whole pixels, the last of those that share takes what rounding leaves: edges that stay must meet.
  const widths = columns.map(({ own, usual }) => own ?? usual + Math.floor((left * usual) / sharing))
  const last = columns.findLastIndex(({ own }) => own === undefined)
  const lost = room - widths.reduce((sum, width) => sum + width, 0)
  return { widths: widths.map((width, at) => (at === last ? width + lost : width)), rest: 0 }
}

/** The share of the window that columns which stay may take: behind them something must move. */
const MOST_OF_ROOM = 0.66

/** How many of the columns that are to stay do so in a room. */
export function frozenWithin(
  widths: readonly number[],
  wanted: number,
  room: number,
  before: number,
): number {
  let taken = before
  for (let at = 0; at < Math.min(wanted, widths.length); at++) {
    taken += widths[at] ?? 0
    if (taken > room * MOST_OF_ROOM) return at
  }
  return Math.min(wanted, widths.length)
}

/** Where each column begins, behind what stands before the first. */
export function startsOf(widths: readonly number[], before: number): readonly number[] {
  let at = before
  return widths.map((width) => {
    const start = at
    at += width
    return start
  })
}

/** The list with one item taken out and put before what stood at `to` (its length: the end). */
export function movedTo<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const item = items[from]
  if (item === undefined || to === from || to === from + 1) return items
  const rest = items.filter((_, at) => at !== from)
  const place = to > from ? to - 1 : to
  return [...rest.slice(0, place), item, ...rest.slice(place)]
}
