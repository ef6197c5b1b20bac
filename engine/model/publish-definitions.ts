import type { Database } from '../db/database.ts'
import type { Registry } from '../registry/registry.ts'
import { openFilledChangeset } from './changesets.ts'
import { planImport } from './import.ts'
import { planDraft } from './plan.ts'
import { type PublishOutcome, publishDraft } from './publish.ts'
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
  const draft = { label, createdBy: by, baseVersion: state.version }
  const { id } = await openFilledChangeset(db, schema, draft, items)
  const changeset = { ...draft, id, state: 'open' as const, version: undefined, createdAt: '', items }
  const plan = await planDraft({ db, schema, registry, state, counts: 'whether_any' }, changeset)
  return publishDraft({ db, registry, workspace, schema }, { changeset: id, hash: plan.hash, by })
}
