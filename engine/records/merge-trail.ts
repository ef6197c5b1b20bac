import { recordAudit } from '../audit/record-audit.ts'
import type { Executor } from '../db/database.ts'
import type { RequestContext } from './context.ts'
import type { Merged } from './merge-pointers.ts'

/** What the audit keeps of a merge: on the record that stays which went, on each of those into which. */
export interface MergeDetails {
  readonly from?: readonly string[]
  readonly into?: string
  readonly reason?: string
}

/** Leaves the trace of a merge on both sides. */
export async function keepMerge(
  { model, actor, via, origin }: RequestContext,
  tx: Executor,
  { entity, survivor, losers }: Merged,
  reason: string | undefined,
): Promise<void> {
  await tx.query({
    text:
      `INSERT INTO ${model.schema}.tenon_merge (actor, entity, record, into_record) ` +
      'SELECT $1::uuid, $2::uuid, x.id, $4::uuid FROM unnest($3::uuid[]) WITH ORDINALITY x(id, at) ORDER BY x.at',
    values: [actor.id ?? null, entity.id, losers, survivor],
  })
  const why = reason === undefined ? {} : { reason }
  const entry = (id: string, details: MergeDetails) => ({
    ...{ action: 'merged' as const, actor: actor.id, via, origin },
    record: { entity: entity.id, id },
    details: { ...details, ...why },
  })
  await recordAudit(tx, model.schema, [
    entry(survivor, { from: losers }),
    ...losers.map((id) => entry(id, { into: survivor })),
  ])
}
