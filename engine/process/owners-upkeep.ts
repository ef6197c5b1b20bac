import { SYSTEM_ACTOR } from '../access/actor.ts'
import { listWorkspaces } from '../db/migrate.ts'
import type { PeriodicTask } from '../jobs/periodic.ts'
import type { CompiledModel } from '../model/compiled.ts'
import type { Observe } from '../observe.ts'
import { type RequestContext, requestContext } from '../records/context.ts'
import { passOnUnaccepted } from './assignment/accept.ts'
import { decideWaiting } from './assignment/waiting.ts'
import { recycleRecords } from './pool/recycle.ts'
import type { TellDeps } from './telling/deps.ts'

export interface OwnersSource extends TellDeps {
  readonly modelOf: (workspace: string) => Promise<CompiledModel | undefined>
  readonly observe: Observe
}

/**
 * What becomes of owners by time alone: each minute records that wait for somebody are decided on again and those that
 * were not accepted are given on; every ten minutes records return to their pools.
 */
export function ownersUpkeepTasks(source: OwnersSource): readonly PeriodicTask[] {
  return [
    {
      name: 'assignment_waiting',
      cron: '* * * * *',
      run: (signal) =>
        inWorkspaces(source, 'assignment', signal, async (context) => {
          await decideWaiting(context, signal)
          await passOnUnaccepted(context, signal)
        }),
    },
    {
      name: 'pool_recycling',
      cron: '*/10 * * * *',
      run: (signal) =>
        inWorkspaces(source, 'pool', signal, (context) => recycleRecords(context, source, signal)),
    },
  ]
}

/** In each workspace that has definitions of the kind; a fault in one leaves the others. */
async function inWorkspaces(
  { db, registry, modelOf, observe }: OwnersSource,
  kind: 'assignment' | 'pool',
  signal: AbortSignal,
  work: (context: RequestContext) => Promise<void>,
): Promise<void> {
  for (const { name } of await listWorkspaces(db)) {
    if (signal.aborted) return
    try {
      const model = await modelOf(name)
      if (model === undefined || model.definitions[kind].size === 0) continue
      await work(requestContext({ model, actor: SYSTEM_ACTOR, db, search: registry.search(), via: kind }))
    } catch (error) {
      observe('fault', { during: `owners of ${name}`, error })
    }
  }
}
