import { pause } from '../pause.ts'
import type { Database } from './database.ts'

/** How long background work rests for the time that a piece of it took, while others use the database. */
const REST_SHARE = 3
/** A rest is no longer than this, milliseconds: a statement that waited long for a lock has cost nothing. */
const LONGEST_REST_MS = 2_000

/** How work in the background goes on beside what people wait for. */
export interface Pace {
  /** Whether, when the last piece ended, somebody waited for the database. */
  isShared(): boolean
  /** Does one piece of the work. Rests after it for as long as others are to have the database to themselves. */
  run<T>(piece: () => Promise<T>): Promise<T>
}

/**
 * The pace of long work in the background: as fast as it goes while nobody waits for the database, a quarter of the time
 * otherwise.
 * @param db the `background` handle: what goes on in the background itself is no reason to rest
 */
export function backgroundPace(db: Database, signal: AbortSignal): Pace {
  let isShared = db.isBusy()
  return {
    isShared: () => isShared,
    async run(piece) {
      const begun = performance.now()
      const result = await piece()
      isShared = db.isBusy()
      if (isShared) await pause(Math.min(LONGEST_REST_MS, (performance.now() - begun) * REST_SHARE), signal)
      return result
    },
  }
}
