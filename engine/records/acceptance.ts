import type { Executor } from '../db/database.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { assignmentsOf } from '../model/kinds/assignment-place.ts'
import type { RequestContext } from './context.ts'

/** Whether who gets a record of the entity may have to accept it, so that a change of theirs has to say so. */
export function isAccepted({ model }: RequestContext, entity: CompiledEntity): boolean {
  if (model.definitions.assignment.size === 0) return false
  return assignmentsOf(model.definitions, entity.name).some(({ accept }) => accept !== undefined)
}

/**
 * Notes that the actor has accepted a record that waits for their word.
 * @returns whether it did
 */
export async function acceptRecord(context: RequestContext, tx: Executor, id: string): Promise<boolean> {
  const { model, actor, now } = context
  if (actor.id === undefined) return false
  const { rows } = await tx.query<{ decision: string }>({
    text:
      `WITH d AS (DELETE FROM ${model.schema}.tenon_acceptance w WHERE w.record = $1::uuid AND w.owner = $2::uuid RETURNING w.decision) ` +
      `UPDATE ${model.schema}.tenon_assignment a SET accepted_at = $3::timestamptz FROM d WHERE a.id = d.decision RETURNING a.id::text AS decision`,
    values: [id, actor.id, now().toISOString()],
  })
  return rows.length > 0
}
