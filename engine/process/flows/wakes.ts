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

/**
 * Looks at the times of a workspace's flows when one is due.
 * @param beside looks at what else comes by time before runs begin, and says when to look again
 */
export function clockTask(
  deps: FlowDeps,
  beside: (workspace: string, now: Date) => Promise<Date | undefined>,
): WakeTask {
  return {
    name: CLOCK_TASK,
    async run({ workspace }: WakePayload) {
      const model = await deps.modelOf(workspace)
      if (model === undefined) return
      const now = deps.now() // the same to both, or else a time could come for one alone
      const dues = [await beside(workspace, now), await lookAtClock({ ...deps, now: () => now }, model)]
      const times = dues.flatMap((due) => (due === undefined ? [] : [due.getTime()]))
      if (times.length === 0) return
      await deps.db.transaction((tx) => setClock(tx, workspace, new Date(Math.min(...times))))
    },
  }
}
