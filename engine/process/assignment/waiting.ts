import type { Transaction } from '../../db/database.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { entityById } from '../../model/entity-by-id.ts'
import { assignmentsOf } from '../../model/kinds/assignment-place.ts'
import type { RequestContext } from '../../records/context.ts'
import { WRITE_OWNER } from '../../records/store.ts'
import { assignOwners } from './assign.ts'

/** Records of one workspace that are looked at in one minute. */
const MOST = 500

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

/** Whether a record is there, and belongs to that owner where one is named; it holds the record. */
export async function isHeld(
  tx: Transaction,
  { table }: CompiledEntity,
  record: string,
  owner?: string,
): Promise<boolean> {
  const { rows } = await tx.query({
    text:
      `SELECT 1 FROM ${table} t WHERE t."id" = $1::uuid AND t."deleted_at" IS NULL ` +
      'AND ($2::uuid IS NULL OR t."owner" = $2::uuid) FOR NO KEY UPDATE',
    values: [record, owner ?? null],
  })
  return rows.length > 0
}

async function decideOn(context: RequestContext, tx: Transaction, record: string): Promise<void> {
  const { model } = context
  const { rows } = await tx.query<{ entity: string; assignment: string }>({
    text: `SELECT entity::text AS entity, assignment::text AS assignment FROM ${model.schema}.tenon_assignment_waiting WHERE record = $1::uuid FOR UPDATE SKIP LOCKED`,
    values: [record],
  })
  const [waiting] = rows
  if (waiting === undefined) return
  const entity = entityById(model, waiting.entity)
  const assignment =
    entity && assignmentsOf(model.definitions, entity.name).find(({ id }) => id === waiting.assignment)
  const isThere = entity !== undefined && (await isHeld(tx, entity, record))
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
