import type { Database } from '../db/database.ts'
import { AppError, type Problem, problem } from '../errors.ts'
import type { Registry } from '../registry/registry.ts'
import { equalDefinitions } from './canonical.ts'
import { type Changeset, type ChangesetItem, closedBy, loadChangeset, moveBase } from './changesets.ts'
import type { DefinitionSet, Kind } from './compiled.ts'
import { findDefinition, listDefinitions } from './definition-set.ts'
import { loadBase } from './draft.ts'
import { mergeValues } from './merge.ts'
import { own, pointer } from './pointer.ts'
import { loadState, type WorkspaceState } from './state.ts'

export interface RebasedDraft {
  readonly changeset: Changeset
  readonly state: WorkspaceState
}

/**
 * A draft on what is in force now. Where others have published since it was opened, their changes are merged into its
 * definitions, item by item; the draft is saved like that.
 * @throws AppError META_CHANGESET_*; META_BASE_MOVED at every place that both sides have changed
 */
export async function rebaseDraft(
  source: { readonly db: Database; readonly schema: string; readonly registry: Registry },
  changesetId: string,
): Promise<RebasedDraft> {
  const { db, schema, registry } = source
  return db.transaction(async (tx) => {
    const changeset = await loadChangeset(tx, schema, changesetId, 'update')
    if (changeset.state !== 'open') throw closedBy(changeset.state)
    const state = await loadState(tx, schema)
    if (state.version === changeset.baseVersion) return { changeset, state }
    const base = await loadBase(tx, schema, changeset, state)
    const items = mergeItems(base, state.definitions, changeset, state.version, registry)
    await moveBase(tx, schema, changeset.id, state.version, items)
    return { changeset: { ...changeset, baseVersion: state.version, items }, state }
  })
}

/**
 * The items of a draft as they are on a later version. Pure.
 * @throws AppError META_BASE_MOVED at every place that both sides have changed differently
 */
export function mergeItems(
  base: DefinitionSet,
  now: DefinitionSet,
  changeset: Pick<Changeset, 'items' | 'baseVersion'>,
  version: number,
  registry: Registry,
): readonly ChangesetItem[] {
  const problems: Problem[] = []
  const items = changeset.items.map((item) => {
    const [before, theirs] = [counterpart(base, item), counterpart(now, item)]
    if (equalDefinitions(before, theirs, registry)) return item
    const { value, conflicts } = mergeValues(before, item.definition, theirs)
    for (const path of conflicts) {
      const params = { base: changeset.baseVersion, version }
      problems.push(problem('META_BASE_MOVED', pointer(item.kind, item.name) + path, { params }))
    }
    return { ...item, definition: value }
  })
  if (problems.length > 0) throw new AppError(problems)
  return items
}

/** The same definition elsewhere: by id, through renames, else by name. */
function counterpart(set: DefinitionSet, { kind, name, definition }: ChangesetItem): unknown {
  const id = own(definition, 'id')
  const byId = listDefinitions(set).find((one) => one.kind === kind && id !== undefined && one.id === id)
  return byId ?? findDefinition(set, kind as Kind, name)
}
