import type { Database, Transaction } from '../db/database.ts'
import { AppError, type Problem, problem } from '../errors.ts'
import type { Registry } from '../registry/registry.ts'
import { contentOf } from './apply-content.ts'
import { equalDefinitions } from './canonical.ts'
import {
  type Changeset,
  type ChangesetItem,
  closedBy,
  type DraftItem,
  loadChangeset,
  moveBase,
  tellOfDraft,
} from './changesets.ts'
import type { DefinitionSet, Kind } from './compiled.ts'
import { findDefinition, listDefinitions } from './definition-set.ts'
import { type Decide, mergeValues } from './merge.ts'
import { own, pointer } from './pointer.ts'
import { loadState, type WorkspaceState, withContent } from './state.ts'
import { loadVersion } from './versions.ts'

export interface RebasedDraft {
  readonly changeset: Changeset
  readonly state: WorkspaceState
}

/**
 * A draft on what is in force now. Where others have published since it was opened, their changes are merged into its
 * definitions, item by item; the draft is saved like that. A definition that was written after a publish counts as
 * written against that.
 * @param decide which side stands where both have changed, by pointers such as `/entity/shop/label`
 * @throws AppError META_CHANGESET_*; META_BASE_MOVED at every place that both sides have changed and nobody has decided
 */
export async function rebaseDraft(
  source: { readonly db: Database; readonly schema: string; readonly registry: Registry },
  changesetId: string,
  decide?: Decide,
): Promise<RebasedDraft> {
  const { db, schema, registry } = source
  return db.transaction(async (tx) => {
    const changeset = await loadChangeset(tx, schema, changesetId, 'update')
    if (changeset.state !== 'open') throw closedBy(changeset.state)
    const state = await loadState(tx, schema)
    const isOnIt = ({ baseVersion, ownBase }: Pick<DraftItem, 'baseVersion' | 'ownBase'>) =>
      baseVersion === state.version && ownBase === undefined
    if (isOnIt(changeset) && changeset.items.every(isOnIt)) return { changeset, state }
    const bases = await loadBases(tx, schema, changeset.items, state)
    const merged = mergeItems(bases, { ...state, registry }, changeset.items, decide)
    const items = merged.map(({ kind, name, definition }) => ({
      ...{ kind, name, definition, baseVersion: state.version },
    }))
    await moveBase(tx, schema, changeset.id, state.version, items)
    await tellOfDraft(tx, schema, changeset.id)
    return { changeset: { ...changeset, baseVersion: state.version, items }, state }
  })
}

/** The definitions of the versions that items were written against; content has no versions, it counts as it is. */
async function loadBases(
  tx: Transaction,
  schema: string,
  items: readonly DraftItem[],
  state: WorkspaceState,
): Promise<ReadonlyMap<number, DefinitionSet>> {
  const bases = new Map([[state.version, state.definitions]])
  for (const { baseVersion } of items) {
    if (bases.has(baseVersion)) continue
    const version = await loadVersion(tx, schema, baseVersion)
    bases.set(baseVersion, withContent(version, contentOf(state.definitions)))
  }
  return bases
}

/**
 * The items of a draft as they are on a later version. Pure.
 * @param bases definitions by the versions that the items were written against
 * @throws AppError META_BASE_MOVED at every place that both sides have changed differently
 */
export function mergeItems(
  bases: ReadonlyMap<number, DefinitionSet>,
  now: Pick<WorkspaceState, 'definitions' | 'version'> & { readonly registry: Registry },
  items: readonly DraftItem[],
  decide?: Decide,
): readonly ChangesetItem[] {
  const problems: Problem[] = []
  const merged = items.map((item): ChangesetItem => {
    const base = bases.get(item.baseVersion)
    const before = item.ownBase === undefined ? base && counterpart(base, item) : item.ownBase.definition
    const theirs = counterpart(now.definitions, item)
    if (equalDefinitions(before, theirs, now.registry)) return item
    const at = pointer(item.kind, item.name)
    const { value, conflicts } = mergeValues(before, item.definition, theirs, decide, at)
    for (const path of conflicts) {
      const params = { base: item.baseVersion, version: now.version }
      problems.push(problem('META_BASE_MOVED', path, { params }))
    }
    return { ...item, definition: value }
  })
  if (problems.length > 0) throw new AppError(problems)
  return merged
}

/** The same definition elsewhere: by id, through renames, else by name. */
function counterpart(set: DefinitionSet, { kind, name, definition, ownBase }: ChangesetItem): unknown {
  const id = own(definition, 'id') ?? own(ownBase?.definition, 'id')
  const byId = listDefinitions(set).find((one) => one.kind === kind && id !== undefined && one.id === id)
  return byId ?? findDefinition(set, kind as Kind, name)
}
