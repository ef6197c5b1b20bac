import type { Executor } from '../../db/database.ts'
import { type WakePayload, type WakeTask, waitingSince, wake, wakeEach } from '../../jobs/wake.ts'
import { wakeSenders } from '../../notify/outgoing/sender.ts'
import { wakeDeliveries } from '../telling/release.ts'
import { lookAtClock } from './clock.ts'
import type { FlowDeps, Wakes } from './deps.ts'
import { RUNS_TASK } from './drain.ts'

const CLOCK_TASK = 'flow_clock'
/** First half of the advisory locks under which a workspace's clock is set; any number nobody else takes. */
const CLOCK_LOCK = 7_362_068

/** Calls through the queue, which commit with whatever made them due. */
export const queueWakes: Wakes = {
  async runs(tx, workspace, later) {
    if (later === undefined) return await wake(tx, RUNS_TASK, { workspace }, { key: workspace })
    const calls = later.map(({ at, run }) => ({ key: `${workspace} ${run}`, at }))
    await wakeEach(tx, RUNS_TASK, { workspace }, calls)
  },
  async clock(tx, workspace, at) {
    await setClock(tx, workspace, at)
  },
  outgoing: wakeSenders,
  deliveries: wakeDeliveries,
}

/** An earlier look takes the place of a later one, never the other way round. */
async function setClock(tx: Executor, workspace: string, at: Date): Promise<void> {
  await tx.query({
    text: 'SELECT pg_advisory_xact_lock($1::int, hashtext($2))',
    values: [CLOCK_LOCK, workspace],
  })
  const known = await waitingSince(tx, CLOCK_TASK, workspace)
  if (known === undefined || at < known) await wake(tx, CLOCK_TASK, { workspace }, { key: workspace, at })
}

/** Looks at the times of a workspace's flows when one is due. */
export function clockTask(deps: FlowDeps): WakeTask {
  return {
    name: CLOCK_TASK,
    async run({ workspace }: WakePayload) {
      const model = await deps.modelOf(workspace)
      if (model === undefined) return
      const next = await lookAtClock(deps, model)
      if (next !== undefined) await deps.db.transaction((tx) => setClock(tx, workspace, next))
    },
  }
}
