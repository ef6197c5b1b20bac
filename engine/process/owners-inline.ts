import type { Automation } from '../records/automation.ts'
import type { RequestContext } from '../records/context.ts'
import type { Registry } from '../registry/registry.ts'
import { passOnUnaccepted } from './assignment/accept.ts'
import { decideWaiting } from './assignment/waiting.ts'
import { NO_WAKES } from './flows/deps.ts'
import { nextRecycling } from './pool/next.ts'
import { recycleRecords } from './pool/recycle.ts'

/** What acts by itself, with what becomes of owners by time alone: at once, by the clock of whoever asks. */
export function withOwners(registry: Registry, others: Automation): Automation {
  return {
    press: (...pressed) => others.press(...pressed),
    receive: (...received) => others.receive(...received),
    async begin(context) {
      await lookAtOwners(registry, context)
      return await others.begin(context)
    },
    async settle(context, mark) {
      await lookAtOwners(registry, context)
      await others.settle(context, mark)
    },
    async nextDue(context) {
      const dues = [await nextOwners(context), await others.nextDue(context)]
      return dues.flatMap((due) => due ?? []).sort((one, other) => one.getTime() - other.getTime())[0]
    },
  }
}

/** Who waits is decided on, who has not accepted passes on, and what is due returns to its pool. */
async function lookAtOwners(registry: Registry, context: RequestContext): Promise<void> {
  const { definitions } = context.model
  if (definitions.assignment.size > 0) {
    const deciding: RequestContext = { ...context, via: 'assignment' }
    await decideWaiting(deciding)
    await passOnUnaccepted(deciding)
  }
  if (definitions.pool.size > 0)
    await recycleRecords({ ...context, via: 'pool' }, { registry, wakes: NO_WAKES })
}

async function nextOwners(context: RequestContext): Promise<Date | undefined> {
  const { db, model, now } = context
  const recycling = model.definitions.pool.size === 0 ? undefined : await nextRecycling(context)
  if (model.definitions.assignment.size === 0) return recycling
  const { rows } = await db.query<{ due: string | null }>({
    text: `SELECT to_json(min(due_at))#>>'{}' AS due FROM ${model.schema}.tenon_acceptance WHERE due_at > $1::timestamptz`,
    values: [now().toISOString()],
  })
  const asked = rows[0]?.due == null ? undefined : new Date(rows[0].due)
  if (asked === undefined || recycling === undefined) return asked ?? recycling
  return asked < recycling ? asked : recycling
}
