import type { Database } from '../db/database.ts'
import type { Registry } from '../registry/registry.ts'
import type { Base } from './bases.ts'
import { type ChangesetItem, openFilledChangeset } from './changesets.ts'
import { planImport } from './import.ts'
import { type Plan, type PlanSource, planDraft } from './plan.ts'
import { type PublishDeps, type PublishOutcome, publishDraft } from './publish.ts'
import { loadState, schemaOf } from './state.ts'

/**
 * Adds or replaces definitions and publishes them at once, as a changeset of its own: for what nobody confirms step
 * by step, such as a template. Nothing that is not named is removed.
 * @param definitions as written, ids absent where they are new
 * @throws AppError with every problem of the definitions, and as `publishDraft`
 */
export async function publishDefinitions(
  db: Database,
  registry: Registry,
  workspace: string,
  definitions: readonly unknown[],
  label: string,
  by?: string,
): Promise<PublishOutcome> {
  const schema = await schemaOf(db, workspace)
  if (schema === undefined) throw new Error(`there is no workspace "${workspace}"`)
  const state = await loadState(db, schema)
  const items = planImport(state.definitions, definitions, registry, { isWhole: false })
  if (items.length === 0) return { version: state.version }
  const plan = await planItems({ db, schema, registry, state, counts: 'whether_any' }, items)
  return publishItems({ db, registry, workspace, schema }, items, plan, { label, by })
}

/** Plans items as a draft of their own, without keeping one. @throws AppError with every problem of the check */
export function planItems(source: PlanSource, items: readonly ChangesetItem[]): Promise<Plan> {
  return planDraft(source, { items })
}

/** Publishes items exactly as planned, as a changeset of their own. @throws AppError as `publishDraft` */
export async function publishItems(
  deps: PublishDeps,
  items: readonly ChangesetItem[],
  plan: Plan,
  {
    label,
    by,
    reason,
    emergency,
    announcement,
    brings = [],
  }: {
    readonly label: string
    readonly by: string | undefined
    readonly reason?: string | undefined
    readonly emergency?: string | undefined
    readonly announcement?: string | undefined
    /** What counts as the bases of templates from then on. */
    readonly brings?: readonly Base[]
  },
): Promise<PublishOutcome> {
  const settling = brings.length === 0 ? {} : { brings }
  const draft = { label, createdBy: by, baseVersion: plan.baseVersion, ...settling }
  const { id } = await openFilledChangeset(deps.db, deps.schema, draft, items)
  return publishDraft(deps, { changeset: id, hash: plan.hash, by, reason, emergency, announcement })
}
