import type { Transaction } from '../../db/database.ts'
import type { WakePayload, WakeTask } from '../../jobs/wake.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { ENDED_TRIALS_TASK } from '../../model/settle-trials.ts'
import { type Notice, notice } from '../../notify/notices.ts'
import type { FlowDeps } from '../flows/deps.ts'
import { shortened, tellPeople } from '../requests/tell.ts'

/** Where a notification of a draft leads: the pages know the word. */
const PLACE = 'changeset'

const TRIALS: readonly { readonly table: string; readonly ended: Notice }[] = [
  { table: 'tenon_pilot', ended: 'pilot.ended' },
  { table: 'tenon_silent_run', ended: 'silent_run.ended' },
]

/** Puts into the lists of those who began a pilot or a silent run that a publish has ended it; each is told once. */
export function endedTrialsTask(deps: FlowDeps): WakeTask {
  return {
    name: ENDED_TRIALS_TASK,
    async run({ workspace }: WakePayload) {
      const model = await deps.modelOf(workspace, true)
      if (model === undefined) return
      for (const { table, ended } of TRIALS)
        await deps.db.transaction((tx) => tellEnded(deps, model, tx, table, ended))
    },
  }
}

async function tellEnded(
  deps: FlowDeps,
  model: CompiledModel,
  tx: Transaction,
  table: string,
  ended: Notice,
): Promise<void> {
  const { rows } = await tx.query<{ by: string | null; changeset: string; label: string }>({
    text: `WITH told AS (UPDATE ${model.schema}.${table} SET told = true
  WHERE ended->>'why' = 'clash' AND NOT told RETURNING begun_by, changeset_id)
SELECT t.begun_by::text AS by, c.id::text AS changeset, c.label FROM told t JOIN ${model.schema}.tenon_changeset c ON c.id = t.changeset_id`,
  })
  for (const { by, changeset, label } of rows) {
    if (by === null) continue
    const context = { model, db: deps.db, now: deps.now }
    await tellPeople(deps, context, tx, PLACE, [by], (to) => ({
      title: notice(ended, to, { draft: shortened(label) }),
      record: changeset,
    }))
  }
}
