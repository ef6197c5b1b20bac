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

interface PinnedRun {
  readonly flow: string
  readonly version: number
  /** What no version holds. */
  readonly definition: ModelFlow | null
}

/**
 * A flow as it was when a run began: of its version, or of the pilot that it belongs to; what is gone since is told by the step that needs it.
 * @throws AppError FLOW_UNKNOWN
 */
export async function pinnedFlow(
  db: Executor,
  model: CompiledModel,
  registry: Registry,
  run: PinnedRun,
): Promise<ModelFlow> {
  if (run.definition !== null) return run.definition
  const { flow, version } = run
  const definition = await pinned(db, model, registry, { id: flow, version })
  if (definition === undefined) throw refuse('FLOW_UNKNOWN', '', { params: { name: flow } })
  return definition
}
