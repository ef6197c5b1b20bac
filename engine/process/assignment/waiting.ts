import { SYSTEM_ACTOR } from '../../access/actor.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { listWorkspaces } from '../../db/migrate.ts'
import type { PeriodicTask } from '../../jobs/periodic.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { assignmentsOf } from '../../model/kinds/assignment-place.ts'
import type { Observe } from '../../observe.ts'
import { type RequestContext, requestContext } from '../../records/context.ts'
import { WRITE_OWNER } from '../../records/store.ts'
import type { SearchPort } from '../../registry/ports.ts'
import { assignOwners } from './assign.ts'

export interface WaitingSource {
  readonly db: Database
  readonly modelOf: (workspace: string) => Promise<CompiledModel | undefined>
  readonly search: SearchPort
  readonly observe: Observe
}

/** Records of one workspace that are looked at in one minute. */
const MOST = 500

/**
 * Each minute: records that wait for somebody are decided on again, the longest waiting first. Each in a transaction of
 * its own that holds its place in the queue, so that it may be cut off anywhere.
 */
export function waitingTask(source: WaitingSource): PeriodicTask {
  const { db, modelOf, search, observe } = source
  return {
    name: 'assignment_waiting',
    cron: '* * * * *',
    async run(signal) {
      for (const { name } of await listWorkspaces(db)) {
        try {
          const model = await modelOf(name)
          if (model === undefined || model.definitions.assignment.size === 0) continue
          const context = requestContext({ model, actor: SYSTEM_ACTOR, db, search, via: 'assignment' })
          await decideWaiting(context, signal)
        } catch (error) {
          observe('fault', { during: `assignments of ${name}`, error })
        }
      }
    },
  }
}

/** Decides anew on everything that waits, by the clock of the context. */
export async function decideWaiting(context: RequestContext, signal?: AbortSignal): Promise<void> {
  const { db, model } = context
  const { rows } = await db.query<{ record: string }>({
    text: `SELECT record::text AS record FROM ${model.schema}.tenon_assignment_waiting ORDER BY since, record LIMIT ${MOST}`,
  })
  for (const { record } of rows) {
    if (signal?.aborted === true) return
    await db.transaction((tx) => decideOn(context, tx, record))
  }
}

async function decideOn(context: RequestContext, tx: Transaction, record: string): Promise<void> {
  const { model } = context
  const { rows } = await tx.query<{ entity: string; assignment: string }>({
    text: `SELECT entity::text AS entity, assignment::text AS assignment FROM ${model.schema}.tenon_assignment_waiting WHERE record = $1::uuid FOR UPDATE SKIP LOCKED`,
    values: [record],
  })
  const [waiting] = rows
  if (waiting === undefined) return
  const entity = [...model.entities.values()].find(({ id }) => id === waiting.entity)
  const assignment =
    entity && assignmentsOf(model.definitions, entity.name).find(({ id }) => id === waiting.assignment)
  const isThere =
    entity !== undefined &&
    (
      await tx.query({
        text: `SELECT 1 FROM ${entity.table} t WHERE t."id" = $1::uuid AND t."deleted_at" IS NULL FOR NO KEY UPDATE`,
        values: [record],
      })
    ).rows.length > 0
  if (entity === undefined || assignment === undefined || !isThere) {
    await tx.query({
      text: `DELETE FROM ${model.schema}.tenon_assignment_waiting WHERE record = $1::uuid`,
      values: [record],
    })
    return
  }
  await assignOwners({
    ...{ context, tx, entity, assignment, cause: 'waited', write: WRITE_OWNER },
    records: [{ id: record, path: '' }],
  })
}
