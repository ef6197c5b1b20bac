import type { Transaction } from '../../db/database.ts'
import type { Language } from '../../errors.ts'
import type { WakePayload, WakeTask } from '../../jobs/wake.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { ENDED_TRIALS_TASK } from '../../model/settle-trials.ts'
import type { FlowDeps } from '../flows/deps.ts'
import { shortened, tellPeople } from '../requests/tell.ts'

/** Where a notification of a draft leads: the pages know the word. */
const PLACE = 'changeset'

const TRIALS: readonly {
  readonly table: string
  readonly words: Readonly<Record<Language, (label: string) => string>>
}[] = [
  {
    table: 'tenon_pilot',
    words: {
      en: (label) => `The pilot has ended, as what was published meanwhile changes the same: ${label}`,
      'zh-CN': (label) => `试用已结束，期间发布的内容修改了相同之处：${label}`,
    },
  },
  {
    table: 'tenon_silent_run',
    words: {
      en: (label) => `The silent run has ended, as what was published meanwhile changes the same: ${label}`,
      'zh-CN': (label) => `静默运行已结束，期间发布的内容修改了相同之处：${label}`,
    },
  },
]

/** Puts into the lists of those who began a pilot or a silent run that a publish has ended it; each is told once. */
export function endedTrialsTask(deps: FlowDeps): WakeTask {
  return {
    name: ENDED_TRIALS_TASK,
    async run({ workspace }: WakePayload) {
      const model = await deps.modelOf(workspace, true)
      if (model === undefined) return
      for (const { table, words } of TRIALS)
        await deps.db.transaction((tx) => tellEnded(deps, model, tx, table, words))
    },
  }
}

async function tellEnded(
  deps: FlowDeps,
  model: CompiledModel,
  tx: Transaction,
  table: string,
  words: Readonly<Record<Language, (label: string) => string>>,
): Promise<void> {
  const { rows } = await tx.query<{ by: string | null; changeset: string; label: string }>({
    text: `WITH told AS (UPDATE ${model.schema}.${table} SET told = true
  WHERE ended->>'why' = 'clash' AND NOT told RETURNING begun_by, changeset_id)
SELECT t.begun_by::text AS by, c.id::text AS changeset, c.label FROM told t JOIN ${model.schema}.tenon_changeset c ON c.id = t.changeset_id`,
  })
  for (const { by, changeset, label } of rows) {
    if (by === null) continue
    const context = { model, db: deps.db, now: deps.now }
    await tellPeople(deps, context, tx, PLACE, [by], (language) => ({
      title: words[language](shortened(label)),
      record: changeset,
    }))
  }
}
