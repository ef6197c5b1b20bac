import type { Executor, Transaction } from '../../db/database.ts'
import { refuse } from '../../errors.ts'
import { labelOf } from '../../forms/labels.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { shifted } from '../../model/flow-schedule.ts'
import { type ModelPool, poolsOf } from '../../model/kinds/pool-place.ts'
import { entityFor, type RecordAnswer, type RequestContext } from '../../records/context.ts'
import { getRecord, recordId } from '../../records/get.ts'
import { holdOwner } from '../../records/hold-owner.ts'
import { dayIn } from '../../records/parameters.ts'
import { openSql } from '../assignment/candidates.ts'
import { giveRecord, isMember, poolContext } from './pool-context.ts'

/**
 * Takes a record out of its pool for the actor. Of those who want one at the same time the first gets it; claims of one
 * person follow one another, so that nobody has more than the pool gives.
 * @throws AppError RECORD_NOT_FOUND, AUTH_DENIED, POOL_RECORD_TAKEN, POOL_NOT_A_MEMBER, POOL_DAY_FULL,
 * POOL_HOLDING_FULL, POOL_COOLING_DOWN
 */
export async function claimRecord(
  context: RequestContext,
  entityName: string,
  id: string,
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const record = recordId(id)
  const { actor } = context
  await getRecord(context, entity.name, record, { fields: 'id' })
  const person = actor.id
  if (person === undefined || actor.viewer !== undefined) throw refuse('AUTH_DENIED')
  await context.db.transaction(async (tx) => {
    await holdClaims(tx, `${entity.id} ${person}`)
    const owner = await holdOwner(tx, entity, record)
    const pool = poolsOf(context.model.definitions, entity.name).find((one) => one.id === owner)
    if (pool === undefined) throw refuse('POOL_RECORD_TAKEN')
    await assertClaimable(context, tx, { entity, record, pool, person })
    await giveRecord(poolContext(context, 'claimed'), tx, entity, record, person)
  })
  return await getRecord(context, entity.name, record, {})
}

/** Claims of one person wait for one another, to the end of the transaction. */
async function holdClaims(tx: Transaction, key: string): Promise<void> {
  await tx.query({
    text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: [`claim ${key}`],
  })
}

export interface Claim {
  readonly entity: CompiledEntity
  readonly record: string
  readonly pool: ModelPool
  readonly person: string
}

async function assertClaimable(context: RequestContext, tx: Transaction, claim: Claim): Promise<void> {
  const { entity, pool, person } = claim
  const name = labelOf(context.model.translated.pool.get(pool.name) ?? pool, context.actor.language)
  if (!(await isMember(context, tx, entity, pool)))
    throw refuse('POOL_NOT_A_MEMBER', '', { params: { name } })
  const { perDay, holding } = pool.claim ?? {}
  if (perDay !== undefined && (await claimedToday(context, tx, pool, person)) >= perDay)
    throw refuse('POOL_DAY_FULL', '', { params: { limit: perDay } })
  if (holding !== undefined && (await heldOpen(tx, entity, person)) >= holding)
    throw refuse('POOL_HOLDING_FULL', '', { params: { limit: holding } })
  const coolUntil = await coolsUntil(context, tx, claim)
  if (coolUntil !== undefined && coolUntil > context.now()) {
    const day = dayIn(context.model.settings.timeZone, coolUntil)
    throw refuse('POOL_COOLING_DOWN', '', { params: { day } })
  }
}

/** How many records of a pool somebody has claimed on the workspace’s day. */
export async function claimedToday(
  { model, now }: RequestContext,
  runner: Executor,
  { id }: ModelPool,
  person: string,
): Promise<number> {
  const zone = '$4::text'
  const { rows } = await runner.query<{ n: number }>({
    text:
      `SELECT count(*)::int AS n FROM ${model.schema}.tenon_ownership o WHERE o.holder = $1::uuid AND o.taken_from = $2::uuid ` +
      `AND o.why = 'claimed' AND o.held_from >= date_trunc('day', $3::timestamptz AT TIME ZONE ${zone}) AT TIME ZONE ${zone}`,
    values: [person, id, now().toISOString(), model.settings.timeZone],
  })
  return rows[0]?.n ?? 0
}

/** How many records of an entity somebody has that are not closed. */
export async function heldOpen(runner: Executor, entity: CompiledEntity, person: string): Promise<number> {
  const { rows } = await runner.query<{ n: number }>({
    text: `SELECT count(*)::int AS n FROM ${entity.table} t WHERE t."owner" = $1::uuid AND t."deleted_at" IS NULL${openSql(entity)}`,
    values: [person],
  })
  return rows[0]?.n ?? 0
}

/** Until when somebody who held a record leaves it alone. */
async function coolsUntil(
  { model }: RequestContext,
  tx: Executor,
  { pool, person, record }: Claim,
): Promise<Date | undefined> {
  const coolDown = pool.claim?.coolDown
  if (coolDown === undefined) return undefined
  const { rows } = await tx.query<{ at: string | null }>({
    text:
      `SELECT to_json(max(o.held_until))#>>'{}' AS at FROM ${model.schema}.tenon_ownership o ` +
      'WHERE o.record = $1::uuid AND o.holder = $2::uuid',
    values: [record, person],
  })
  const at = rows[0]?.at
  return at == null ? undefined : shifted(new Date(at), coolDown, model.settings.timeZone, 1)
}
