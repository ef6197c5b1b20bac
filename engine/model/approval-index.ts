import type { ApprovalDefinition } from '../../metadata/types.ts'
import type { CompiledEntity, CompiledModel } from './compiled.ts'

/** An approval as a model holds it: it has its identity. */
export type ModelApproval = ApprovalDefinition & { readonly id: string }

/** What approvals mean for writes of an entity's records. */
export interface EntityApprovals {
  /** In the order of their names. */
  readonly all: readonly ModelApproval[]
  /** Whether any of them locks its record. */
  readonly locks: boolean
  /** Names of fields that somebody may change on their turn. */
  readonly edits: ReadonlySet<string>
}

const kept = new WeakMap<CompiledModel, ReadonlyMap<string, EntityApprovals>>()

/** The approvals on an entity's records; undefined where there are none: those pay nothing. */
export function approvalsOf(
  model: CompiledModel,
  entity: Pick<CompiledEntity, 'name'>,
): EntityApprovals | undefined {
  let index = kept.get(model)
  if (index === undefined) {
    index = indexOf(model)
    kept.set(model, index)
  }
  return index.get(entity.name)
}

function indexOf({ definitions }: CompiledModel): ReadonlyMap<string, EntityApprovals> {
  const byEntity = new Map<string, ModelApproval[]>()
  const all = [...definitions.approval.values()] as ModelApproval[]
  for (const approval of all.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    byEntity.set(approval.entity, [...(byEntity.get(approval.entity) ?? []), approval])
  }
  return new Map(
    [...byEntity].map(([entity, found]) => [
      entity,
      {
        all: found,
        locks: found.some(({ lock }) => lock !== false),
        edits: new Set(found.flatMap(({ levels }) => levels.flatMap(({ edit }) => edit ?? []))),
      },
    ]),
  )
}
