import type { Executor } from '../../db/database.ts'
import { refuse } from '../../errors.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { pinning } from '../../model/pinned.ts'
import { allFlows } from '../../model/stalled-flow.ts'
import type { Registry } from '../../registry/registry.ts'
import type { ModelFlow } from './flow-index.ts'

const pinned = pinning<ModelFlow>('flow', (definitions, id) =>
  allFlows(definitions).find((flow) => flow.id === id),
)

/**
 * A flow as it was in the version on which a run began; what is gone since is told by the step that needs it.
 * @throws AppError FLOW_UNKNOWN
 */
export async function pinnedFlow(
  db: Executor,
  model: CompiledModel,
  registry: Registry,
  { flow, version }: { readonly flow: string; readonly version: number },
): Promise<ModelFlow> {
  const definition = await pinned(db, model, registry, { id: flow, version })
  if (definition === undefined) throw refuse('FLOW_UNKNOWN', '', { params: { name: flow } })
  return definition
}
