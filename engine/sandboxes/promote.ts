import { AppError, type Problem, refuse } from '../errors.ts'
import { LIVE_SOURCE, loadBase, type Promoted } from '../model/bases.ts'
import { type BroughtItem, bringItems } from '../model/bring.ts'
import { layOver } from '../model/candidate.ts'
import { type ChangesetSummary, loadChangeset, openFilledChangeset } from '../model/changesets.ts'
import type { CompiledModel, Definition, DefinitionSet } from '../model/compiled.ts'
import { KIND_NAMES, toDefinitionSet } from '../model/definition-set.ts'
import { own } from '../model/pointer.ts'
import { mergeItems } from '../model/rebase.ts'
import { loadState, type WorkspaceState } from '../model/state.ts'
import { type SandboxDeps, sharedDefinitions } from './make-sandbox.ts'
import type { Sandbox } from './sandbox.ts'

/** What a sandbox has otherwise than the live workspace, one definition each. */
export interface SandboxChange {
  readonly item: BroughtItem
  /** Places that the live workspace has changed as well since the sandbox began. */
  readonly conflicts: readonly Problem[]
}

interface Compared {
  readonly live: WorkspaceState
  readonly changes: readonly SandboxChange[]
}

/** Compares a sandbox with its live workspace, both with what the sandbox began with. */
export async function compareSandbox(
  deps: SandboxDeps,
  live: CompiledModel,
  sandbox: Sandbox,
  theirs?: DefinitionSet,
): Promise<Compared> {
  const { db, registry } = deps
  const state = await loadState(db, live.schema)
  const made = theirs ?? (await loadState(db, sandbox.schema)).definitions
  const base = (await loadBase(db, sandbox.schema, LIVE_SOURCE))?.definitions ?? []
  const items = bringItems(base, sharedDefinitions(made), state.definitions, registry)
  const changes = items.map((item) => ({ item, conflicts: conflictsOf(deps, state, item) }))
  return { live: state, changes }
}

function conflictsOf(
  { registry }: SandboxDeps,
  state: WorkspaceState,
  item: BroughtItem,
): readonly Problem[] {
  try {
    mergeItems(new Map(), { ...state, registry }, [{ ...item, baseVersion: state.version }])
    return []
  } catch (error) {
    if (error instanceof AppError && error.code === 'META_BASE_MOVED') return error.problems
    throw error
  }
}

export interface Promotion {
  readonly label: string
  readonly by: string | undefined
  /** Only what this draft or version of the sandbox has changed; absent: whatever differs. */
  readonly changeset?: string | undefined
  /** Only these, `kind/name` each; absent: all. */
  readonly only?: readonly string[] | undefined
  /** Whether the definitions may be changed by who asks. @throws AppError where not */
  readonly assertMay: (items: readonly BroughtItem[]) => void
}

/**
 * Opens a draft in the live workspace with what a sandbox has otherwise. It is merged there as every draft on a base
 * that has moved: conflicts are told and resolved where it is looked at, and nothing is in force until it is published.
 * @throws AppError SANDBOX_NOTHING, META_CHANGESET_UNKNOWN
 */
export async function promoteSandbox(
  deps: SandboxDeps,
  live: CompiledModel,
  sandbox: Sandbox,
  wish: Promotion,
): Promise<ChangesetSummary> {
  const part = wish.changeset === undefined ? undefined : await partOf(deps, sandbox, wish.changeset)
  const { live: state, changes } = await compareSandbox(deps, live, sandbox, part?.theirs)
  const only = wish.only === undefined ? undefined : new Set(wish.only)
  const items = changes
    .map(({ item }) => item)
    .filter((item) => part === undefined || part.has(item))
    .filter(({ kind, name }) => only === undefined || only.has(`${kind}/${name}`))
  if (items.length === 0) throw refuse('SANDBOX_NOTHING')
  wish.assertMay(items)
  const brings: Promoted = {
    sandbox: sandbox.schema,
    items: items.map(({ kind, name, definition, ownBase }) => ({
      ...{ kind, name },
      definition: definition as Definition | undefined,
      was: ownBase.definition as Definition | undefined,
    })),
  }
  const draft = { label: wish.label, createdBy: wish.by, baseVersion: state.version }
  // What only a draft of the sandbox has is not yet what both have in common.
  const whole = part?.theirs === undefined ? { ...draft, brings } : draft
  return openFilledChangeset(deps.db, live.schema, whole, items)
}

interface Part {
  readonly has: (item: BroughtItem) => boolean
  /** The sandbox as it would be with the draft; undefined where that is in force there. */
  readonly theirs: DefinitionSet | undefined
}

/** What one changeset of the sandbox is about. */
async function partOf({ db }: SandboxDeps, sandbox: Sandbox, id: string): Promise<Part> {
  const { items, state } = await loadChangeset(db, sandbox.schema, id)
  const names = new Set(items.map(({ kind, name }) => `${kind}/${name}`))
  const ids = new Set(items.flatMap(({ definition }) => own(definition, 'id') ?? []))
  const has = (item: BroughtItem) =>
    names.has(`${item.kind}/${item.name}`) ||
    [item.definition, item.ownBase.definition].some((one) => ids.has(own(one, 'id') ?? ''))
  if (state === 'published') return { has, theirs: undefined }
  const inForce = (await loadState(db, sandbox.schema)).definitions
  const { definitions } = layOver(inForce, items)
  const all = KIND_NAMES.flatMap((kind) => [...definitions[kind].values()] as Definition[])
  return { has, theirs: toDefinitionSet(all) }
}
