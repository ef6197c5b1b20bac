import type { Transaction } from '../../db/database.ts'
import { refuse } from '../../errors.ts'
import { entityById } from '../../model/entity-by-id.ts'
import { assignmentsOf } from '../../model/kinds/assignment-place.ts'
import { acceptRecord } from '../../records/acceptance.ts'
import { entityFor, type RecordAnswer, type RequestContext } from '../../records/context.ts'
import { getRecord, recordId } from '../../records/get.ts'
import { WRITE_OWNER } from '../../records/store.ts'
import { assignOwners, forgetAcceptance } from './assign.ts'
import { isHeld } from './waiting.ts'

/**
 * Accepts a record for its owner.
 * @throws AppError RECORD_NOT_FOUND, AUTH_DENIED, ASSIGNMENT_NOT_WAITING
 */
export async function acceptAssigned(
  context: RequestContext,
  entityName: string,
  id: string,
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const record = recordId(id)
  const answer = await getRecord(context, entity.name, record, {})
  if (context.actor.viewer !== undefined) throw refuse('AUTH_DENIED')
  if (!(await context.db.transaction((tx) => acceptRecord(context, tx, record))))
    throw refuse('ASSIGNMENT_NOT_WAITING')
  return answer
}

/** Records of one workspace that are looked at in one minute. */
const MOST = 500

/** Gives records on whose owners have not accepted them by the clock of the context. */
export async function passOnUnaccepted(context: RequestContext, signal?: AbortSignal): Promise<void> {
  const { db, model } = context
  const { rows } = await db.query<{ record: string }>({
    text:
      `SELECT record::text AS record FROM ${model.schema}.tenon_acceptance ` +
      `WHERE due_at <= $1::timestamptz ORDER BY due_at, record LIMIT ${MOST}`,
    values: [context.now().toISOString()],
  })
  for (const { record } of rows) {
    if (signal?.aborted === true) return
    await db.transaction((tx) => passOn(context, tx, record))
  }
}

interface Asked {
  readonly entity: string
  readonly assignment: string
  readonly owner: string
  readonly tried: readonly string[]
}

/** Holds the place of the record among those that are waited for, so that it may be cut off anywhere. */
async function passOn(context: RequestContext, tx: Transaction, record: string): Promise<void> {
  const { model } = context
  const { rows } = await tx.query<Asked>({
    text:
      'SELECT entity::text AS entity, assignment::text AS assignment, owner::text AS owner, tried::text[] AS tried ' +
      `FROM ${model.schema}.tenon_acceptance WHERE record = $1::uuid AND due_at <= $2::timestamptz FOR UPDATE SKIP LOCKED`,
    values: [record, context.now().toISOString()],
  })
  const [asked] = rows
  if (asked === undefined) return
  const entity = entityById(model, asked.entity)
  const assignment =
    entity && assignmentsOf(model.definitions, entity.name).find(({ id }) => id === asked.assignment)
  const isStill = entity !== undefined && (await isHeld(tx, entity, record, asked.owner))
  await forgetAcceptance(tx, model.schema, record)
  if (entity === undefined || assignment?.accept === undefined || !isStill) return
  await assignOwners({
    ...{ context, tx, entity, assignment, cause: 'not_accepted', write: WRITE_OWNER, tried: asked.tried },
    records: [{ id: record, path: '' }],
  })
}
