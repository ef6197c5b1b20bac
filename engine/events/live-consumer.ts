import type { Executor } from '../db/database.ts'
import { LIVE_CHANNEL, type LiveNotice, type LiveRecord, MOST_BYTES } from '../db/live-notice.ts'
import type { EventConsumer } from './consumer.ts'
import type { EventBatch, WorkspaceEvent } from './event.ts'
import { isWatched } from './live-interest.ts'

/** The name under which its cursors are kept. */
export const LIVE_CONSUMER = 'live'

/** What a record's row of the audit may tell that pages want to know. */
const OF_RECORDS: ReadonlySet<string> = new Set(['create', 'update', 'delete', 'restore'])
/** A record has more to show, whether a value of it changed or not: others were merged into it, its approval went on. */
const MORE_TO_SHOW: ReadonlySet<string> = new Set(['merged', 'approval'])
const OF_MODEL: ReadonlySet<string> = new Set(['published', 'definition_changed', 'pilot'])

/**
 * Tells all nodes which records were written, by notices that go out when the cursor has moved: each comes once, in the same
 * order everywhere. Only where pages are open; what they may hear is decided where they are.
 */
export function liveConsumer(): EventConsumer {
  return {
    name: LIVE_CONSUMER,
    isIdle: async (_workspace, { schema, tx }) => !(await isWatched(tx, schema)),
    async take({ schema, events }: EventBatch, tx) {
      const { rows } = await tx.query<{ xid: string }>({ text: 'SELECT pg_current_xact_id()::text AS xid' })
      await tell(tx, noticesOf(schema, rows[0]!.xid, events))
    },
  }
}

async function tell(tx: Executor, notices: readonly LiveNotice[]): Promise<void> {
  if (notices.length === 0) return
  await tx.query({
    text: 'SELECT pg_notify($1, n) FROM unnest($2::text[]) WITH ORDINALITY u(n, i) ORDER BY i',
    values: [LIVE_CHANNEL, notices.map((notice) => JSON.stringify(notice))],
  })
}

/** The notices of a batch: each record once, as it was written last. @param batch tells it from all others */
export function noticesOf(
  schema: string,
  batch: string,
  events: readonly WorkspaceEvent[],
): readonly LiveNotice[] {
  const records = new Map<string, LiveRecord>()
  for (const { entity, record, action, version } of events) {
    if (entity === null || record === null) continue
    const key = `${entity} ${record}`
    if (MORE_TO_SHOW.has(action) && !records.has(key)) records.set(key, [entity, record, 'update', version])
    if (!OF_RECORDS.has(action)) continue
    const isNew = records.get(key)?.[2] === 'create' && action === 'update'
    records.set(key, [entity, record, isNew ? 'create' : action, version])
  }
  const parts: LiveRecord[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const one of records.values()) {
    const bytes = JSON.stringify(one).length + 1
    if (size + bytes > MOST_BYTES - HEAD_BYTES) {
      parts.push([])
      size = 0
    }
    parts.at(-1)!.push(one)
    size += bytes
  }
  const isModel = events.some(({ action }) => OF_MODEL.has(action))
  const notices = parts.map((part, index): LiveNotice => ({ id: `${batch}.${index}`, schema, records: part }))
  return isModel ? [...notices, { id: `${batch}.m`, schema, model: true }] : notices
}

/** All of a notice but its records. */
const HEAD_BYTES = 200
