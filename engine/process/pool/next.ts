import { shifted } from '../../model/flow-schedule.ts'
import { poolsOf } from '../../model/kinds/pool-place.ts'
import type { RequestContext } from '../../records/context.ts'
import { type DueRecord, dueRecords } from './due.ts'

/** How far is looked ahead, milliseconds: further than any limit is meant to reach. */
const AHEAD_MS = 10 * 366 * 86_400_000

/**
 * When the next record returns to a pool, or its owner is to be told of it, after the context's now; undefined where none
 * does. It goes through all records that are held: for those who play on a clock of their own, over a few records.
 */
export async function nextRecycling(context: RequestContext): Promise<Date | undefined> {
  const now = context.now()
  let next: Date | undefined
  for (const entity of context.model.entities.values()) {
    for (const pool of poolsOf(context.model.definitions, entity.name)) {
      const until = new Date(now.getTime() + AHEAD_MS)
      for await (const record of dueRecords(context, context.db, { entity, pool, until })) {
        for (const at of momentsOf(context, record))
          if (at > now && (next === undefined || at < next)) next = at
      }
    }
  }
  return next
}

function momentsOf({ model }: RequestContext, { rule, due }: DueRecord): readonly Date[] {
  const { warn } = rule
  return warn === undefined ? [due] : [shifted(due, warn, model.settings.timeZone, -1), due]
}
