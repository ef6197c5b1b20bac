import type { Executor } from '../../db/database.ts'
import { refuse } from '../../errors.ts'
import { loadChangeset } from '../../model/changesets.ts'
import { proveDraft } from '../../model/prove.ts'
import { inModelTransaction, lockPlan, type PublishDeps } from '../../model/publish.ts'
import { runnable } from '../../model/silent/settle.ts'
import { endSilent, loadRunningSilent, saveSilent } from '../../model/silent/silent-run.ts'
import { loadState } from '../../model/state.ts'
import type { RequestContext } from '../../records/context.ts'
import { auditChangeset } from '../audit-changeset.ts'
import { queueWakes } from '../flows/wakes.ts'
import { tellNodes } from '../pilots/begin.ts'

/**
 * Lets a draft judge silently what is written from now on; one that runs begins anew. It asks for what a publish asks for:
 * the plan, its scenarios, who must agree.
 * @throws AppError META_SILENT_*, and as `publishDraft`
 */
export async function beginSilent(
  deps: PublishDeps,
  context: RequestContext,
  id: string,
  hash: string,
): Promise<void> {
  await loadChangeset(deps.db, deps.schema, id) // whoever may not know it learns nothing of what it would take
  const by = context.actor.id
  await proveDraft(deps, { changeset: id, hash, by })
  await inModelTransaction(deps, async (tx) => {
    const { changeset, state } = await lockPlan(tx, deps, { changeset: id, hash, by }, 'open')
    runnable(state.definitions, changeset.items, deps.registry)
    const { items } = changeset
    await saveSilent(tx, deps.schema, { changeset: changeset.id, items, begunBy: by ?? null })
    await tellNodes(tx, deps, state)
    // So that the times are known from now on, and looked at when they come.
    await queueWakes.clock(tx, context.model.workspace, context.now())
    await auditChangeset(context, tx, 'silent_run', changeset.id, { act: 'begun' })
  })
}

/**
 * Ends it; what it has found stays to be read.
 * @throws AppError META_CHANGESET_UNKNOWN, META_SILENT_NONE
 */
export async function withdrawSilent(deps: PublishDeps, context: RequestContext, id: string): Promise<void> {
  await inModelTransaction(deps, async (tx) => {
    const changeset = await loadChangeset(tx, deps.schema, id)
    if (!(await endSilent(tx, deps.schema, changeset.id, { why: 'withdrawn' })))
      throw refuse('META_SILENT_NONE')
    await tellNodes(tx, deps, await loadState(tx, deps.schema))
    await auditChangeset(context, tx, 'silent_run', changeset.id, { act: 'withdrawn' })
  })
}

/** @throws AppError META_SILENT_RUNNING: whoever throws a draft away may not be one who ends a silent run */
export async function assertNotSilent(db: Executor, schema: string, changeset: string): Promise<void> {
  const running = await loadRunningSilent(db, schema)
  if (running.some((run) => run.changeset === changeset)) throw refuse('META_SILENT_RUNNING')
}
