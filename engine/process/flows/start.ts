import type { Executor } from '../../db/database.ts'
import { refuse } from '../../errors.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { entityOfTrigger } from '../../model/kinds/flow-entity.ts'
import type { RecordRef } from '../../registry/action.ts'
import type { FlowDeps } from './deps.ts'
import type { ModelFlow } from './flow-index.ts'
import { loopFault } from './loops.ts'
import { insertRuns, type NewRun, type Run, type RunCause } from './run-store.ts'

/** A run about a record, or about none. */
export function newRun(
  model: CompiledModel,
  flow: ModelFlow,
  record: string | undefined,
  rest: {
    readonly cause: RunCause
    readonly actor?: string | null | undefined
    readonly slot?: string | undefined
  } & Pick<NewRun, 'chain' | 'once' | 'fault' | 'outputs'>,
): NewRun {
  const cut = loopFault(model, flow, record, rest.chain ?? [])
  return {
    ...{ flow: flow.id, name: flow.name, version: model.version, record },
    ...triedAs(model, flow),
    entity: model.entities.get(entityOfTrigger(flow.trigger, model.definitions) ?? '')?.id,
    once: flow.runs === 'once',
    slot: flow.runs === 'many' ? undefined : record,
    ...rest,
    ...(cut === undefined ? {} : { cut }),
  }
}

/** What a run keeps of a flow that is tried; nothing of one in force. */
export function triedAs({ trial }: CompiledModel, flow: ModelFlow): Pick<NewRun, 'pilot' | 'definition'> {
  return trial?.flows.has(flow.id) === true ? { pilot: trial.id, definition: flow } : {}
}

/** Starts the run of another flow by a step. @throws AppError FLOW_UNKNOWN */
export async function startByFlow(
  deps: FlowDeps,
  model: CompiledModel,
  tx: Executor,
  run: Run,
  name: string,
  record: RecordRef | undefined,
): Promise<string | undefined> {
  const flow = model.definitions.flow.get(name) as ModelFlow | undefined
  if (flow === undefined) throw refuse('FLOW_UNKNOWN', '', { params: { name } })
  const about = entityOfTrigger(flow.trigger, model.definitions) === record?.entity ? record?.id : undefined
  const cause: RunCause = { by: 'flow', at: deps.now().toISOString() }
  const chain = [...run.chain, { flow: run.flow, record: run.record }]
  const [id] = await insertRuns(
    tx,
    model.schema,
    [newRun(model, flow, about, { cause, actor: run.actor, chain })],
    deps.now(),
  )
  if (id !== undefined) await deps.wakes.runs(tx, model.workspace)
  return id
}
