import { SYSTEM_ACTOR } from '../access/actor.ts'
import type { Core } from '../core.ts'
import { refuse } from '../errors.ts'
import { type RequestContext, requestContext, type Via } from '../records/context.ts'

/** Where a command without `--workspace` works. */
export const DEFAULT_WORKSPACE = 'default'

/**
 * The records of a workspace, with the engine's own rights: who may use the shell of the server may do everything.
 * @throws AppError WORKSPACE_UNKNOWN
 */
export async function openRecords(
  core: Core,
  workspace: string,
  via: Via = 'system',
): Promise<RequestContext> {
  const model = await core.models.current(workspace)
  if (model === undefined) throw refuse('WORKSPACE_UNKNOWN', '', { params: { name: workspace } })
  return requestContext({
    db: core.database,
    search: core.registry.search(),
    model,
    actor: SYSTEM_ACTOR,
    via,
  })
}
