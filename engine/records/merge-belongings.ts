import { rowTestSql } from '../access/row-test-sql.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Executor } from '../db/database.ts'
import type { RequestContext } from './context.ts'
import type { Merged } from './merge-pointers.ts'
import { bind, createParameters, toPlan } from './parameters.ts'

/**
 * Shares by hand pass to the record that stays, as far as the actor might give them there: nobody widens by a merge who sees
 * a record that is not theirs to share. Where somebody has both, the wider one stays. The others stay with the records that go.
 * @returns how many passed
 */
export async function passShares(
  context: RequestContext,
  tx: Executor,
  { entity, survivor, losers }: Merged,
): Promise<number> {
  const may = await mayShare(context, tx, { entity, survivor, losers })
  if (!may.read) return 0
  const share = `${context.model.schema}.tenon_share`
  const now = context.now().toISOString()
  let passed = 0
  for (const loser of losers) {
    const { rows } = await tx.query<PassedShare>({
      text: `WITH gone AS (DELETE FROM ${share} s WHERE s.record = $1::uuid AND s.entity = $2::uuid
  AND s.until > $4::timestamptz AND (NOT s.edits OR $5) RETURNING s.*)
INSERT INTO ${share} AS s (id, entity, record, holder_kind, holder, edits, until, remark, created_at, created_by)
SELECT g.id, g.entity, $3::uuid, g.holder_kind, g.holder, g.edits, g.until, g.remark, g.created_at, g.created_by FROM gone g
ON CONFLICT (record, holder) DO UPDATE SET edits = s.edits AND s.until > $4::timestamptz OR excluded.edits,
  until = greatest(s.until, excluded.until)
RETURNING s.holder_kind, s.holder::text AS holder, s.edits, nullif(s.until, 'infinity')::text AS until`,
      values: [loser, entity.id, survivor, now, may.edit],
    })
    passed += rows.length
    await keepShares(context, tx, { entity, survivor, losers }, rows)
  }
  return passed
}

interface PassedShare {
  readonly holder_kind: string
  readonly holder: string
  readonly edits: boolean
  readonly until: string | null
}

async function mayShare(
  context: RequestContext,
  tx: Executor,
  { entity, survivor }: Merged,
): Promise<{ readonly read: boolean; readonly edit: boolean }> {
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const { share } = context.access.entity(entity.name)
  const text =
    `SELECT (${rowTestSql(source, share.read, entity, 't')}) IS TRUE AS read, ` +
    `(${rowTestSql(source, share.edit, entity, 't')}) IS TRUE AS edit ` +
    `FROM ${entity.table} t WHERE t."id" = ${parameters.open('id', 'uuid')}`
  const { rows } = await tx.query<{ read: boolean; edit: boolean }>(
    bind(toPlan(text, parameters), context, { id: survivor }),
  )
  return rows[0] ?? { read: false, edit: false }
}

async function keepShares(
  { model, actor, via, origin }: RequestContext,
  tx: Executor,
  { entity, survivor }: Merged,
  passed: readonly PassedShare[],
): Promise<void> {
  const entries = passed.map(({ holder_kind: kind, holder, edits, until }) => ({
    ...{ action: 'shared' as const, actor: actor.id, via, origin },
    record: { entity: entity.id, id: survivor },
    details: { with: { kind, id: holder }, access: edits ? 'edit' : 'read', until },
  }))
  await recordAudit(tx, model.schema, entries)
}

/** What the records that go were made of and into is the lane of the one that stays. */
export async function passConversions(
  { model }: RequestContext,
  tx: Executor,
  { survivor, losers }: Merged,
): Promise<void> {
  for (const side of ['from_record', 'to_record'])
    await tx.query({
      text: `UPDATE ${model.schema}.tenon_conversion SET ${side} = $2::uuid WHERE ${side} = ANY($1::uuid[])`,
      values: [losers, survivor],
    })
}
