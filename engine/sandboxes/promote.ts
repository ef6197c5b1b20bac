import { type Text, textIn } from '../../metadata/text.ts'
import { AppError, type LocalText, type Problem, problem, refuse } from '../errors.ts'
import { LIVE_SOURCE, loadBase, type Promoted } from '../model/bases.ts'
import { type BroughtItem, bringItems } from '../model/bring.ts'
import { layOver } from '../model/candidate.ts'
import {
  type Changeset,
  type ChangesetItem,
  type ChangesetSummary,
  loadChangeset,
  openFilledChangeset,
} from '../model/changesets.ts'
import type { CompiledModel, Definition, DefinitionSet } from '../model/compiled.ts'
import { findDefinition, KIND_NAMES, toDefinitionSet } from '../model/definition-set.ts'
import { mergeValues } from '../model/merge.ts'
import { asName, isRecord, own, pointer, pointerSteps, valueAt } from '../model/pointer.ts'
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
  /** What these have changed, drafts among them together, and `only` besides. */
  readonly changesets?: readonly string[] | undefined
  /** Only these, `kind/name` each; absent: all, or with `changesets` none besides. */
  readonly only?: readonly string[] | undefined
  /** Whether the definitions may be changed by who asks. @throws AppError where not */
  readonly assertMay: (items: readonly BroughtItem[]) => void
}

/**
 * Opens a draft in the live workspace with what a sandbox has otherwise. It is merged there as every draft on a base
 * that has moved: conflicts are told and resolved where it is looked at, and nothing is in force until it is published.
 * @throws AppError SANDBOX_NOTHING, META_CHANGESET_UNKNOWN; SANDBOX_DRAFTS_CLASH at every place that two of the drafts
 *   have changed differently
 */
export async function promoteSandbox(
  deps: SandboxDeps,
  live: CompiledModel,
  sandbox: Sandbox,
  wish: Promotion,
): Promise<ChangesetSummary> {
  const several = wish.changesets ?? []
  const ids = wish.changeset === undefined ? several : [wish.changeset]
  const part = ids.length === 0 ? undefined : await partOf(deps, sandbox, ids)
  const { live: state, changes } = await compareSandbox(deps, live, sandbox, part?.theirs)
  const only = wish.only === undefined ? undefined : new Set(wish.only)
  const items = changes
    .map(({ item }) => item)
    .filter((item) => {
      const isNamed = only?.has(`${item.kind}/${item.name}`)
      if (several.length > 0 && wish.changeset === undefined)
        return part?.has(item) === true || isNamed === true
      return (part === undefined || part.has(item)) && isNamed !== false
    })
  if (items.length === 0) throw refuse('SANDBOX_NOTHING')
  wish.assertMay(items)
  const brings: Promoted = {
    sandbox: sandbox.schema,
    // What only a draft of the sandbox has is not yet what both have in common.
    items: items
      .filter((item) => part?.isDrafted(item) !== true)
      .map(({ kind, name, definition, ownBase }) => ({
        ...{ kind, name },
        definition: definition as Definition | undefined,
        was: ownBase.definition as Definition | undefined,
      })),
  }
  const draft = { label: wish.label, createdBy: wish.by, baseVersion: state.version }
  const whole = brings.items.length > 0 ? { ...draft, brings } : draft
  return openFilledChangeset(deps.db, live.schema, whole, items)
}

interface Part {
  readonly has: (item: BroughtItem) => boolean
  /** Whether a draft that is not in force there is about it. */
  readonly isDrafted: (item: BroughtItem) => boolean
  /** The sandbox as it would be with the drafts; undefined where all is in force there. */
  readonly theirs: DefinitionSet | undefined
}

/** What some changesets of the sandbox are about. */
async function partOf({ db }: SandboxDeps, sandbox: Sandbox, ids: readonly string[]): Promise<Part> {
  const all: Changeset[] = []
  for (const id of [...new Set(ids)]) all.push(await loadChangeset(db, sandbox.schema, id))
  const drafts = all.filter(({ state }) => state !== 'published')
  const has = about(all)
  const isDrafted = about(drafts)
  if (drafts.length === 0) return { has, isDrafted, theirs: undefined }
  const inForce = (await loadState(db, sandbox.schema)).definitions
  const { definitions } = layOver(inForce, together(inForce, drafts))
  const made = KIND_NAMES.flatMap((kind) => [...definitions[kind].values()] as Definition[])
  return { has, isDrafted, theirs: toDefinitionSet(made) }
}

/** Whether an item is about a definition of these changesets, by id through renames. */
function about(changesets: readonly Changeset[]): (item: BroughtItem) => boolean {
  const items = changesets.flatMap((one) => one.items)
  const names = new Set(items.map(({ kind, name }) => `${kind}/${name}`))
  const ids = new Set(items.flatMap(({ definition }) => own(definition, 'id') ?? []))
  return (item) =>
    names.has(`${item.kind}/${item.name}`) ||
    [item.definition, item.ownBase.definition].some((one) => ids.has(own(one, 'id') ?? ''))
}

/** What several drafts have changed as one: what two of them have changed is merged by property. */
function together(inForce: DefinitionSet, drafts: readonly Changeset[]): readonly ChangesetItem[] {
  const merged = new Map<string, ChangesetItem>()
  const problems: Problem[] = []
  for (const { items, label } of drafts)
    for (const item of items) {
      const { kind, name, definition } = item
      const key = `${kind}/${name}`
      const former = merged.get(key)
      if (former === undefined) {
        merged.set(key, item)
        continue
      }
      const base = findDefinition(inForce, kind, name)
      const { value, conflicts } = mergeValues(
        base,
        former.definition,
        definition,
        undefined,
        pointer(kind, name),
      )
      problems.push(
        ...conflicts.map((path) => {
          const of = calledAround(former.definition, pointerSteps(path).slice(2))
          return problem('SANDBOX_DRAFTS_CLASH', path, { params: { draft: label, of } })
        }),
      )
      merged.set(key, { ...item, definition: value })
    }
  if (problems.length > 0) throw new AppError(problems)
  return [...merged.values()]
}

/**
 * What the innermost thing around a place is called: a field, a stage, or the definition itself. The live workspace does
 * not have the draft, so that nobody there could read that from the path.
 */
function calledAround(definition: unknown, steps: readonly string[]): LocalText {
  const around = [...steps.keys(), steps.length].map((depth) => valueAt(definition, steps.slice(0, depth)))
  const named = around.findLast((one) => own(one, 'label') !== undefined || own(one, 'name') !== undefined)
  const written = own(named, 'label')
  // A draft may still hold anything.
  const label = typeof written === 'string' || isRecord(written) ? (written as Text) : undefined
  const name = asName(own(named, 'name'))
  return { en: textIn(label, 'en', name), 'zh-CN': textIn(label, 'zh-CN', name) }
}

/** A draft of the sandbox that is not in force there. */
export interface SandboxDraft {
  readonly id: string
  readonly label: string
  /** What it changes, `kind/name` each. */
  readonly definitions: readonly string[]
}

/** The drafts of a sandbox that hold anything, newest first. */
export async function listSandboxDrafts(
  { db }: Pick<SandboxDeps, 'db'>,
  sandbox: Sandbox,
): Promise<readonly SandboxDraft[]> {
  const { rows } = await db.query<SandboxDraft>({
    text: `SELECT c.id::text AS id, c.label, array_agg(i.kind || '/' || i.name ORDER BY i.kind, i.name) AS definitions
FROM ${sandbox.schema}.tenon_changeset c JOIN ${sandbox.schema}.tenon_changeset_item i ON i.changeset_id = c.id
WHERE c.state = 'open' GROUP BY c.id, c.label ORDER BY c.id DESC LIMIT 50`,
  })
  return rows
}
