import type { TimelineRow, TimelineSource } from '../../records/timeline-source.ts'
import type { Places } from './cursor.ts'

/** The rows of a source that come next, the newest first. */
export interface ReadSource {
  readonly source: TimelineSource
  readonly rows: readonly TimelineRow[]
}

export interface MergedPage {
  readonly taken: readonly { readonly source: TimelineSource; readonly row: TimelineRow }[]
  /** Where each source goes on; undefined where nothing is left of any. */
  readonly next: Places | undefined
}

/**
 * The newest rows of several sources, each of which is in the order of its own; of rows of one instant those of the
 * source that stands first. Every source goes on with its own next row, so that none is lost or told twice
 * whatever instants are equal.
 * @param read each with one row more than the limit where it has as many
 */
export function mergeRows(read: readonly ReadSource[], limit: number): MergedPage {
  const taken: { source: TimelineSource; row: TimelineRow }[] = []
  const counts = read.map(() => 0)
  while (taken.length < limit) {
    const at = newest(read, counts)
    if (at === undefined) break
    taken.push({ source: read[at]!.source, row: read[at]!.rows[counts[at]!]! })
    counts[at]!++
  }
  const isOver = newest(read, counts) === undefined
  return { taken, next: isOver ? undefined : placesOf(read, counts) }
}

/** Which source has the newest row of those that are not taken. */
function newest(read: readonly ReadSource[], counts: readonly number[]): number | undefined {
  let best: number | undefined
  let at = ''
  for (const [index, { rows }] of read.entries()) {
    const head = rows[counts[index]!]
    if (head === undefined || head.at <= at) continue
    best = index
    at = head.at
  }
  return best
}

/** Each goes on with the first of its rows that is not taken: of a whole page of its own it has one more. */
function placesOf(read: readonly ReadSource[], counts: readonly number[]): Places {
  return new Map(read.map(({ source, rows }, index) => [source.name, rows[counts[index]!]?.key ?? null]))
}
