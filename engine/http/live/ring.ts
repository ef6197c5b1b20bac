import type { LiveNotice } from '../../db/live-notice.ts'

/** Notices and records in them that are kept, of all workspaces together. */
const MOST_NOTICES = 2_000
const MOST_RECORDS = 40_000

/** The last notices, for pages that come back after a moment. */
export interface LiveRing {
  add(notice: LiveNotice): void
  /** What came behind that notice; undefined where it is not known any more, or never was. */
  behind(schema: string, id: string): readonly LiveNotice[] | undefined
  /** What came meanwhile is not known. */
  clear(): void
}

export function createRing(): LiveRing {
  let kept: LiveNotice[] = []
  let records = 0
  return {
    add(notice) {
      kept.push(notice)
      records += notice.records?.length ?? 0
      if (kept.length <= MOST_NOTICES && records <= MOST_RECORDS) return
      // A quarter at a time, so that not every notice moves all others.
      kept = kept.slice(Math.ceil(kept.length / 4))
      records = kept.reduce((sum, one) => sum + (one.records?.length ?? 0), 0)
    },
    behind(schema, id) {
      const at = kept.findIndex((one) => one.id === id && one.schema === schema)
      return at === -1 ? undefined : kept.slice(at + 1).filter((one) => one.schema === schema)
    },
    clear() {
      kept = []
      records = 0
    },
  }
}
