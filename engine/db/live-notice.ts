import { parseJson } from './values.ts'

/** The channel on which nodes tell one another what pages that are open want to know. */
export const LIVE_CHANNEL = 'tenon_live'

/** PostgreSQL takes notices of less than 8,000 bytes. */
export const MOST_BYTES = 7_900

/** A record that was written: the entity's id, its own, what was done, its version. */
export type LiveRecord = readonly [entity: string, record: string, action: string, version: number | null]

/** How far a job is. */
export interface LiveJob {
  readonly id: string
  readonly kind: string
  readonly state: string
  readonly done: number
  readonly total: number | null
  readonly created_by: string | null
}

/** What one notice says. All nodes get the same ones in the same order: that of the commits. */
export interface LiveNotice {
  /** Tells it from all others. */
  readonly id: string
  /** The workspace's schema, quoted. */
  readonly schema: string
  readonly records?: readonly LiveRecord[]
  readonly job?: LiveJob
  /** Definitions have changed. */
  readonly model?: boolean
  /** A draft of definitions has changed, by its id. */
  readonly draft?: string
}

export function readNotice(payload: string): LiveNotice {
  return parseJson<LiveNotice>(payload)
}
