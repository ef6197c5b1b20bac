import type { FlowDefinition } from '../../../metadata/types.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { isActive } from '../../model/kinds/flow.ts'
import { entityOfTrigger } from '../../model/kinds/flow-entity.ts'
import { allFlows } from '../../model/stalled-flow.ts'

/** A flow as a model holds it: it has its identity. */
export type ModelFlow = FlowDefinition & { readonly id: string }

export interface FlowIndex {
  readonly all: readonly ModelFlow[]
  /** Those that writes set off, by the entity's id. */
  readonly byWrite: ReadonlyMap<string, readonly ModelFlow[]>
  /** Those that outcomes of approvals set off, by the entity's id. */
  readonly byOutcome: ReadonlyMap<string, readonly ModelFlow[]>
  /** Those of a time before or after a field, by the entity's id. */
  readonly byTime: ReadonlyMap<string, readonly ModelFlow[]>
  readonly scheduled: readonly ModelFlow[]
  /** Those that an event of a connection sets off, by `connection.event`. */
  readonly byEvent: ReadonlyMap<string, readonly ModelFlow[]>
}

const kept = new WeakMap<CompiledModel, FlowIndex>()

/** The flows of a model that are active, by what sets them off. */
export function flowIndex(model: CompiledModel): FlowIndex {
  const known = kept.get(model)
  if (known !== undefined) return known
  const all = allFlows(model.definitions).filter(isActive)
  const by = (isMeant: (flow: ModelFlow) => boolean) => {
    const map = new Map<string, ModelFlow[]>()
    for (const flow of all.filter(isMeant)) {
      const id = model.entities.get(entityOfTrigger(flow.trigger, model.definitions) ?? '')?.id
      if (id !== undefined) map.set(id, [...(map.get(id) ?? []), flow])
    }
    return map
  }
  const index: FlowIndex = {
    all,
    byWrite: by(({ trigger }) => trigger.on !== undefined && trigger.approval === undefined),
    byOutcome: by(({ trigger }) => trigger.approval !== undefined),
    byTime: by(({ trigger }) => trigger.time !== undefined),
    byEvent: new Map(
      all.flatMap(({ trigger: { event } }): [string, readonly ModelFlow[]][] =>
        event === undefined ? [] : [[event, all.filter(({ trigger }) => trigger.event === event)]],
      ),
    ),
    scheduled: all.filter(({ trigger }) => trigger.schedule !== undefined),
  }
  kept.set(model, index)
  return index
}
