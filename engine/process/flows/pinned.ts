import type { Executor } from '../../db/database.ts'
import { refuse } from '../../errors.ts'
import type { CompiledModel, DefinitionSet } from '../../model/compiled.ts'
import { followRenames } from '../../model/rename.ts'
import { allFlows } from '../../model/stalled-flow.ts'
import { loadVersion } from '../../model/versions.ts'
import type { Registry } from '../../registry/registry.ts'
import type { ModelFlow } from './flow-index.ts'

const MAX_KEPT = 200
const kept = new WeakMap<CompiledModel, Map<string, ModelFlow>>()

/**
 * A flow as it was in the version on which a run began. What has been renamed since goes by its new name; what is gone
 * since is told by the step that needs it.
 * @throws AppError FLOW_UNKNOWN
 */
export async function pinnedFlow(
  db: Executor,
  model: CompiledModel,
  registry: Registry,
  { flow, version }: { readonly flow: string; readonly version: number },
): Promise<ModelFlow> {
  const key = `${flow} ${version}`
  let ofModel = kept.get(model)
  if (ofModel === undefined) {
    ofModel = new Map()
    kept.set(model, ofModel)
  }
  const known = ofModel.get(key)
  if (known !== undefined) return known
  const definition =
    version === model.version
      ? byId(model.definitions, flow)
      : await renamed(db, model, registry, { flow, version })
  if (definition === undefined) throw refuse('FLOW_UNKNOWN', '', { params: { name: flow } })
  if (ofModel.size >= MAX_KEPT) ofModel.clear()
  ofModel.set(key, definition)
  return definition
}

function byId(definitions: DefinitionSet, id: string): ModelFlow | undefined {
  return allFlows(definitions).find((flow) => flow.id === id)
}

async function renamed(
  db: Executor,
  model: CompiledModel,
  registry: Registry,
  { flow, version }: { readonly flow: string; readonly version: number },
): Promise<ModelFlow | undefined> {
  const before = await loadVersion(db, model.schema, version)
  const own = byId(before, flow)
  if (own === undefined) return undefined
  // Today's definitions with the flow as it was: renames lead from the old names to those.
  const today = new Map([...model.definitions.flow].filter(([, one]) => one.id !== flow))
  const candidate = { ...model.definitions, flow: new Map([...today, [own.name, own]]) }
  return byId(followRenames({ definitions: before, registry }, candidate), flow)
}
