import { databaseWithin } from '../../db/within-transaction.ts'
import { type Language, refuse } from '../../errors.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { entityOfTrigger } from '../../model/kinds/flow-entity.ts'
import { type FlowDeps, NO_WAKES } from './deps.ts'
import type { ModelFlow } from './flow-index.ts'
import { readRun } from './manage.ts'
import { insertRuns } from './run-store.ts'
import { newRun } from './start.ts'
import { takeStep } from './take-step.ts'

/** Steps that a simulation takes at most. */
const MOST_TURNS = 200

/** Carries the outcome out of the transaction, which rolls back on it. */
class SimulationOver extends Error {
  readonly outcome: object
  constructor(outcome: object) {
    super('a simulation ends here')
    this.outcome = outcome
  }
}

/**
 * What a flow would do to a record now: it is done, each step by the same code, and taken back. Waits are passed at the
 * time at which they would end.
 * @throws AppError FLOW_UNKNOWN, FLOW_RECORD_GONE
 */
export async function simulateFlow(
  deps: FlowDeps,
  model: CompiledModel,
  name: string,
  record: string | undefined,
  language: Language,
): Promise<object> {
  const flow = model.definitions.flow.get(name) as ModelFlow | undefined
  if (flow === undefined) throw refuse('FLOW_UNKNOWN', '', { params: { name: name.slice(0, 40) } })
  if (entityOfTrigger(flow.trigger, model.definitions) !== undefined && record === undefined)
    throw refuse('FIELD_REQUIRED', '/record')
  try {
    return await deps.db.transaction(async (tx) => {
      const db = databaseWithin(tx)
      let now = deps.now()
      const own: FlowDeps = {
        ...deps,
        db,
        lanes: 1,
        wakes: NO_WAKES,
        now: () => now,
        modelOf: async () => model,
      }
      const cause = { by: 'button', at: now.toISOString() } as const
      const [id] = await insertRuns(
        tx,
        model.schema,
        [newRun(model, flow, record, { cause, slot: undefined })],
        now,
      )
      if (id === undefined) throw refuse('FLOW_BUSY')
      for (let turn = 0; turn < MOST_TURNS; turn++) {
        const outcome = await takeStep(own, model, id, { isSimulated: true })
        if (outcome === 'more') continue
        const { rows } = await db.query<{ due: string }>({
          text: `SELECT to_json(due_at)#>>'{}' AS due FROM ${model.schema}.tenon_run WHERE id = $1 AND state IN ('waiting', 'sleeping')`,
          values: [id],
        })
        if (rows[0] === undefined) break
        now = new Date(Math.max(now.getTime() + 1, new Date(rows[0].due).getTime()))
      }
      throw new SimulationOver(await readRun(own, model, id, language))
    })
  } catch (error) {
    if (error instanceof SimulationOver) return error.outcome
    throw error
  }
}
