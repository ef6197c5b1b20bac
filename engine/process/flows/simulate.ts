import type { Transaction, TransactionOptions } from '../../db/database.ts'
import { databaseWithin } from '../../db/within-transaction.ts'
import { withoutDrawing } from '../../db/without-drawing.ts'
import { refuse } from '../../errors.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { entityOfTrigger } from '../../model/kinds/flow-entity.ts'
import type { Reader } from '../../records/context.ts'
import { type FlowDeps, NO_WAKES } from './deps.ts'
import type { ModelFlow } from './flow-index.ts'
import { readRun } from './manage.ts'
import { insertRuns, type NewRun } from './run-store.ts'
import { newRun } from './start.ts'
import { takeStep } from './take-step.ts'

/** Steps that a simulation takes at most. */
const MOST_TURNS = 200

/** Carries the outcome out of the transaction, which rolls back on it. */
class SimulationOver extends Error {
  readonly outcome: unknown
  constructor(outcome: unknown) {
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
  reader: Reader,
): Promise<object> {
  const flow = model.definitions.flow.get(name) as ModelFlow | undefined
  if (flow === undefined) throw refuse('FLOW_UNKNOWN', '', { params: { name: name.slice(0, 40) } })
  if (entityOfTrigger(flow.trigger, model.definitions) !== undefined && record === undefined)
    throw refuse('FIELD_REQUIRED', '/record')
  const cause = { by: 'button', at: deps.now().toISOString() } as const
  const run = newRun(model, flow, record, { cause, slot: undefined })
  return await simulateRun(deps, model, run, { read: (own, id) => readRun(own, model, id, reader) })
}

export interface SimulationOptions<T> {
  /** Reads what came of it, before it is taken back. */
  read(deps: FlowDeps, run: string): Promise<T>
  /** Sets the stage, in the transaction that is taken back. */
  prepare?(tx: Transaction): Promise<void>
  readonly transaction?: TransactionOptions
  /** Milliseconds after which it is given up. */
  readonly limitMs?: number
}

/**
 * Does a run and takes it back.
 * @throws AppError FLOW_BUSY, QUERY_TOO_COSTLY where it takes longer than it may
 */
export async function simulateRun<T>(
  deps: FlowDeps,
  model: CompiledModel,
  run: NewRun,
  { read, prepare, transaction, limitMs = Number.POSITIVE_INFINITY }: SimulationOptions<T>,
): Promise<T> {
  const end = performance.now() + limitMs
  try {
    return await deps.db.transaction(async (tx) => {
      await prepare?.(tx)
      const db = databaseWithin(withoutDrawing(tx))
      let now = deps.now()
      const own: FlowDeps = {
        ...deps,
        db,
        lanes: 1,
        wakes: NO_WAKES,
        now: () => now,
        modelOf: async () => model,
      }
      const [id] = await insertRuns(tx, model.schema, [run], now)
      if (id === undefined) throw refuse('FLOW_BUSY')
      for (let turn = 0; turn < MOST_TURNS; turn++) {
        if (performance.now() > end) throw refuse('QUERY_TOO_COSTLY')
        const outcome = await takeStep(own, model, id, { isSimulated: true })
        if (outcome === 'more') continue
        const { rows } = await db.query<{ due: string }>({
          text: `SELECT to_json(due_at)#>>'{}' AS due FROM ${model.schema}.tenon_run WHERE id = $1 AND state IN ('waiting', 'sleeping')`,
          values: [id],
        })
        if (rows[0] === undefined) break
        now = new Date(Math.max(now.getTime() + 1, new Date(rows[0].due).getTime()))
      }
      throw new SimulationOver(await read(own, id))
    }, transaction)
  } catch (error) {
    if (error instanceof SimulationOver) return error.outcome as T
    throw error
  }
}
