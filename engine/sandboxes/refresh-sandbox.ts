import { AppError, type Problem } from '../errors.ts'
import { LIVE_SOURCE, loadBase, saveBase } from '../model/bases.ts'
import { bringItems } from '../model/bring.ts'
import { openFilledChangeset } from '../model/changesets.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { blockedBy, planDraft } from '../model/plan.ts'
import { publishDraft } from '../model/publish.ts'
import { rebaseDraft } from '../model/rebase.ts'
import { loadState } from '../model/state.ts'
import { publishPorts } from '../records/fill-computed.ts'
import { type SandboxDeps, sharedDefinitions } from './make-sandbox.ts'
import type { Sandbox } from './sandbox.ts'

export interface Refreshed {
  /** The version of the sandbox in force. */
  readonly version: number
  /** The draft in the sandbox that is to be looked at there, where something stands in its way. */
  readonly changeset: string | undefined
  readonly problems: readonly Problem[]
}

/**
 * Brings what the live workspace has published since into a sandbox; what was made in the sandbox stays. Where both
 * have changed the same, or something else stands in the way, the draft stays open in the sandbox and nothing is in force.
 */
export async function refreshSandbox(
  deps: SandboxDeps,
  live: CompiledModel,
  sandbox: Sandbox,
  wish: { readonly label: string; readonly by: string | undefined },
): Promise<Refreshed> {
  const { db, registry } = deps
  const { schema } = sandbox
  const from = await loadState(db, live.schema)
  const definitions = sharedDefinitions(from.definitions)
  const base = (await loadBase(db, schema, LIVE_SOURCE))?.definitions ?? []
  const inForce = await loadState(db, schema)
  const items = bringItems(base, definitions, inForce.definitions, registry)
  const brings = { source: LIVE_SOURCE, version: String(from.version), definitions }
  if (items.length === 0) {
    await saveBase(db, schema, brings)
    return { version: inForce.version, changeset: undefined, problems: [] }
  }
  const draft = { label: wish.label, createdBy: wish.by, baseVersion: inForce.version, brings }
  const { id } = await openFilledChangeset(db, schema, draft, items)
  try {
    const { changeset, state } = await rebaseDraft({ db, schema, registry }, id)
    const plan = await planDraft({ db, schema, registry, state, counts: 'whether_any' }, changeset)
    const blocked = blockedBy(plan)
    if (blocked.length > 0) throw new AppError(blocked)
    const target = { db, registry, workspace: sandbox.name, schema, ...publishPorts }
    const outcome = await publishDraft(target, { changeset: id, hash: plan.hash, by: wish.by })
    const version = 'version' in outcome ? outcome.version : state.version
    return { version, changeset: undefined, problems: [] }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { version: inForce.version, changeset: id, problems: error.problems }
  }
}
