import type { Executor } from '../db/database.ts'
import type { Registry } from '../registry/registry.ts'
import { compileModel } from './compile.ts'
import type { DefinitionSet } from './compiled.ts'
import { inOrder } from './computed-order.ts'
import { changedComputed } from './fill.ts'
import { findLargeTables } from './large-tables.ts'
import { type PhysicalRow, toPhysicalMap } from './place.ts'
import type { WorkspaceState } from './state.ts'

export interface RevisionSource {
  readonly db: Executor
  readonly workspace?: string
  /** Quoted. */
  readonly schema: string
  readonly registry: Registry
  readonly state: WorkspaceState
}

const NONE: ReadonlySet<string> = new Set()

/**
 * The formulas and roll-ups of full tables that a candidate works out otherwise, and all in force that look at them, by
 * their ids: they get columns of their own, so that the old values serve until all new ones are there.
 * @param places of the candidate, as if nothing were revised
 */
export async function findRevised(
  { db, workspace = '', schema, registry, state }: RevisionSource,
  candidate: DefinitionSet,
  places: readonly PhysicalRow[],
): Promise<ReadonlySet<string>> {
  const inForce = new Set(
    [...state.definitions.entity.values()].flatMap(({ fields }) =>
      fields.flatMap((field) =>
        registry.typeOf(field)?.computed === undefined || field.id === undefined ? [] : [field.id],
      ),
    ),
  )
  const changed = changedComputed(state.definitions, candidate, registry)
  if (!changed.some(({ id }) => inForce.has(id))) return NONE
  const { version, contentRevision, settings } = state
  const model = compileModel({
    ...{ workspace, schema, version, contentRevision, settings, registry },
    definitions: candidate,
    physical: toPhysicalMap(places),
  })
  const moved = inOrder(model, changed).filter(({ field }) => inForce.has(field.id))
  const tables = new Map(
    places.flatMap((row) => (row.kind === 'entity' ? [[row.itemId, row.place.table]] : [])),
  )
  const large = await findLargeTables(
    db,
    schema,
    moved.map(({ entity }) => tables.get(entity.id)!),
  )
  return large.size === 0 ? NONE : new Set(moved.map(({ field }) => field.id))
}
