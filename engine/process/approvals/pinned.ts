import type { ApprovalLevel } from '../../../metadata/types.ts'
import type { Executor } from '../../db/database.ts'
import { refuse } from '../../errors.ts'
import type { ModelApproval } from '../../model/approval-index.ts'
import type { CompiledModel, DefinitionSet } from '../../model/compiled.ts'
import { followRenames } from '../../model/rename.ts'
import { loadVersion } from '../../model/versions.ts'
import type { Registry } from '../../registry/registry.ts'

/** A level as a model holds it: it has its identity. */
export type ModelLevel = ApprovalLevel & { readonly id: string }

const MAX_KEPT = 200
const kept = new WeakMap<CompiledModel, Map<string, ModelApproval>>()

/**
 * An approval as it was in the version on which a record was submitted. What has been renamed since goes by its new name.
 * @throws AppError APPROVAL_UNKNOWN
 */
export async function pinnedApproval(
  db: Executor,
  model: CompiledModel,
  registry: Registry,
  {
    approval: id,
    version,
    name,
  }: { readonly approval: string; readonly version: number; readonly name: string },
): Promise<ModelApproval> {
  const key = `${id} ${version}`
  let ofModel = kept.get(model)
  if (ofModel === undefined) {
    ofModel = new Map()
    kept.set(model, ofModel)
  }
  const known = ofModel.get(key)
  if (known !== undefined) return known
  const definition =
    version === model.version
      ? byId(model.definitions, id)
      : await renamed(db, model, registry, { id, version })
  if (definition === undefined) throw refuse('APPROVAL_UNKNOWN', '', { params: { name } })
  if (ofModel.size >= MAX_KEPT) ofModel.clear()
  ofModel.set(key, definition)
  return definition
}

function byId({ approval }: DefinitionSet, id: string): ModelApproval | undefined {
  return ([...approval.values()] as ModelApproval[]).find((one) => one.id === id)
}

async function renamed(
  db: Executor,
  model: CompiledModel,
  registry: Registry,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<ModelApproval | undefined> {
  const before = await loadVersion(db, model.schema, version)
  const own = byId(before, id)
  if (own === undefined) return undefined
  // Today's definitions with the approval as it was: renames lead from the old names to those.
  const today = new Map([...model.definitions.approval].filter(([, one]) => one.id !== id))
  const candidate = { ...model.definitions, approval: new Map([...today, [own.name, own]]) }
  return byId(followRenames({ definitions: before, registry }, candidate), id)
}

export function levelsOf({ levels }: ModelApproval): readonly ModelLevel[] {
  return levels as readonly ModelLevel[]
}
