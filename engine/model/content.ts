import type { Database } from '../db/database.ts'
import { AppError, type Problem, refuse } from '../errors.ts'
import type { Registry } from '../registry/registry.ts'
import { acceptDefinition } from './accept.ts'
import { notifyModel } from './apply.ts'
import { saveContent } from './apply-content.ts'
import { layOver } from './candidate.ts'
import { equalDefinitions } from './canonical.ts'
import type { ChangesetItem } from './changesets.ts'
import { checkCandidate } from './check.ts'
import type { Definition, Kind } from './compiled.ts'
import { isControlSetting } from './control.ts'
import { findDefinition, isContentKind } from './definition-set.ts'
import { identifyInDraft } from './draft.ts'
import type { ChangeSource, DefinitionChange, NoteDefinitions } from './note.ts'
import { pointer } from './pointer.ts'
import { inModelTransaction } from './publish.ts'
import { readRuleTexts } from './read-rule-texts.ts'
import { settleTrials } from './settle-trials.ts'
import { loadState, type WorkspaceState } from './state.ts'

export interface ContentDeps {
  readonly db: Database
  readonly registry: Registry
  readonly workspace: string
  /** Quoted. */
  readonly schema: string
  readonly note?: NoteDefinitions | undefined
  readonly from?: ChangeSource | undefined
}

/**
 * Saves a definition of a content kind: in force at once, on every node.
 * @returns it with its ids
 * @throws AppError META_KIND_NOT_CONTENT and every problem of the check
 */
export async function saveContentDefinition(
  deps: ContentDeps,
  address: { readonly kind: Kind; readonly name: string },
  raw: unknown,
  by: string | undefined,
): Promise<Definition> {
  const { kind, name } = address
  requireContent(kind)
  const accepted = acceptDefinition(raw, kind, name)
  return changeContent(deps, by, (state) => {
    const known = findDefinition(state.definitions, kind, name)
    const read = readRuleTexts(accepted, kind, state.definitions.entity.values(), deps.registry)
    const definition = identifyInDraft(read, kind, state.definitions, undefined) as Definition
    const item: ChangesetItem = { kind, name, definition }
    const isSame = equalDefinitions(known, definition, deps.registry)
    return { item, changes: isSame ? [] : [item], answer: definition }
  })
}

/**
 * Removes a definition of a content kind.
 * @throws AppError META_KIND_NOT_CONTENT, META_DEFINITION_UNKNOWN, META_REFERENCE_UNKNOWN where others mention it
 */
export async function removeContentDefinition(
  deps: ContentDeps,
  address: { readonly kind: Kind; readonly name: string },
  by: string | undefined,
): Promise<void> {
  const { kind, name } = address
  requireContent(kind)
  await changeContent(deps, by, (state) => {
    if (findDefinition(state.definitions, kind, name) === undefined) {
      throw refuse('META_DEFINITION_UNKNOWN', '', { params: { kind, name } })
    }
    const item: ChangesetItem = { kind, name, definition: undefined }
    return { item, changes: [item], answer: undefined }
  })
}

function requireContent(kind: Kind): void {
  if (!isContentKind(kind)) throw refuse('META_KIND_NOT_CONTENT', '', { params: { name: kind } })
}

interface ContentWork<T> {
  readonly item: ChangesetItem
  /** [] where what was sent is in force already. */
  readonly changes: readonly ChangesetItem[]
  readonly answer: T
}

/** Under the publish lock, so that what is checked is what it will stand beside. */
async function changeContent<T>(
  deps: ContentDeps,
  by: string | undefined,
  plan: (state: WorkspaceState) => ContentWork<T>,
): Promise<T> {
  const { schema, workspace } = deps
  return inModelTransaction(deps, async (tx) => {
    const state = await loadState(tx, schema)
    const { item, changes, answer } = plan(state)
    checkContent(deps.registry, state, item)
    const renamedFrom = oldNames(state, item)
    assertUncontrolled([...renamedFrom, ...changes])
    for (const { kind, name, definition } of [...renamedFrom, ...changes]) {
      await saveContent(tx, schema, { kind, name, definition: definition as Definition | undefined }, by)
    }
    if (changes.length > 0) {
      const revision = state.contentRevision + 1
      await tx.query({ text: `UPDATE ${schema}.tenon_current SET content_revision = $1`, values: [revision] })
      await settleTrials(tx, { workspace, schema, registry: deps.registry, state })
      await notifyModel(tx, workspace, state.version, revision)
      const noted = [...renamedFrom, ...changes].map((one) => toChange(state, one))
      await deps.note?.(tx, schema, { by, from: deps.from, published: undefined, changes: noted })
    }
    return answer
  })
}

/** Who must agree to a publish changes by a publish alone, to which they agree: a save would be a way around them. */
function assertUncontrolled(items: readonly ChangesetItem[]): void {
  if (items.some(isControlSetting)) throw refuse('META_CONTROL_NOT_SAVED', '/name')
}

function toChange(state: WorkspaceState, { kind, name, definition }: ChangesetItem): DefinitionChange {
  const before = findDefinition(state.definitions, kind, name)
  return { kind, name, before, after: definition as Definition | undefined }
}

/** Content that comes back under another name, by its id, leaves the old one. */
function oldNames(
  state: WorkspaceState,
  { kind, name, definition }: ChangesetItem,
): readonly ChangesetItem[] {
  const id = (definition as Definition | undefined)?.id
  return [...(state.definitions[kind] as ReadonlyMap<string, Definition>).values()]
    .filter((known) => id !== undefined && known.id === id && known.name !== name)
    .map((known) => ({ kind, name: known.name, definition: undefined }))
}

/** @throws AppError with every problem; those in what was sent have paths into that */
function checkContent(registry: Registry, state: WorkspaceState, item: ChangesetItem): void {
  const { definitions, changed } = layOver(state.definitions, [item])
  const own = pointer(item.kind, item.name)
  const problems = checkCandidate(definitions, registry, changed).map(
    (fault): Problem =>
      fault.path.startsWith(`${own}/`) || fault.path === own
        ? { ...fault, path: fault.path.slice(own.length) }
        : fault,
  )
  if (problems.length > 0) throw new AppError(problems)
}
