import type { ApprovalLevel } from '../../../metadata/types.ts'
import type { Executor } from '../../db/database.ts'
import { refuse } from '../../errors.ts'
import type { ModelApproval } from '../../model/approval-index.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { pinning } from '../../model/pinned.ts'
import type { Registry } from '../../registry/registry.ts'

/** A level as a model holds it: it has its identity. */
export type ModelLevel = ApprovalLevel & { readonly id: string }

const pinned = pinning<ModelApproval>('approval', ({ approval }, id) =>
  ([...approval.values()] as ModelApproval[]).find((one) => one.id === id),
)

/**
 * An approval as it was in the version on which a record was submitted.
 * @throws AppError APPROVAL_UNKNOWN
 */
export async function pinnedApproval(
  db: Executor,
  model: CompiledModel,
  registry: Registry,
  { approval, version, name }: { readonly approval: string; readonly version: number; readonly name: string },
): Promise<ModelApproval> {
  const definition = await pinned(db, model, registry, { id: approval, version })
  if (definition === undefined) throw refuse('APPROVAL_UNKNOWN', '', { params: { name } })
  return definition
}

export function levelsOf({ levels }: ModelApproval): readonly ModelLevel[] {
  return levels as readonly ModelLevel[]
}
