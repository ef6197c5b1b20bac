import type { Executor } from '../../db/database.ts'
import { type WakePayload, type WakeTask, wakeBy } from '../../jobs/wake.ts'
import type { FlowDeps } from '../flows/deps.ts'
import { letGo } from './deliver.ts'
import { dueGatherings, nextHeld } from './told-store.ts'

const DELIVERIES_TASK = 'deliveries'

/** Sees to it that what is held back is looked at by then. */
export async function wakeDeliveries(tx: Executor, workspace: string, at: Date): Promise<void> {
  await wakeBy(tx, DELIVERIES_TASK, { workspace }, { key: workspace, at })
}

/** Lets go what is held back once its time has come. */
export function deliveriesTask(deps: FlowDeps): WakeTask {
  return {
    name: DELIVERIES_TASK,
    async run({ workspace }: WakePayload, signal) {
      await releaseHeld(deps, workspace, () => signal.aborted)
    },
  }
}

export async function releaseHeld(deps: FlowDeps, workspace: string, isOver: () => boolean): Promise<void> {
  const model = await deps.modelOf(workspace)
  if (model === undefined) return
  for (let due = await dueGatherings(deps.db, model.schema, deps.now()); due.length > 0; ) {
    for (const { person, channel } of due) {
      if (isOver()) break
      await deps.db.transaction((tx) => letGo(deps, model, tx, person, channel))
    }
    if (isOver()) break
    due = await dueGatherings(deps.db, model.schema, deps.now())
  }
  const next = await nextHeld(deps.db, model.schema)
  if (next !== undefined) await deps.db.transaction((tx) => deps.wakes.deliveries(tx, workspace, next))
}
