import { AppError, problem, refuse } from '../../errors.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { type ModelPool, poolsOf } from '../../model/kinds/pool-place.ts'
import { isRecord } from '../../model/pointer.ts'
import { entityFor, type RecordAnswer, type RequestContext } from '../../records/context.ts'
import { getRecord, recordId } from '../../records/get.ts'
import { holdOwner } from '../../records/hold-owner.ts'
import { giveRecord, isMember, poolContext } from './pool-context.ts'

/**
 * Gives a record of the actor back to a pool: the one that the body names, else the first whose member they are.
 * @throws AppError RECORD_NOT_FOUND, AUTH_DENIED, POOL_NOT_YOURS, POOL_UNKNOWN, and for a body that is none
 */
export async function releaseRecord(
  context: RequestContext,
  entityName: string,
  id: string,
  body: unknown,
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const record = recordId(id)
  const named = parseRelease(body)
  await getRecord(context, entity.name, record, { fields: 'id' })
  if (context.actor.viewer !== undefined) throw refuse('AUTH_DENIED')
  const pool = await poolFor(context, entity, named)
  await context.db.transaction(async (tx) => {
    const owner = await holdOwner(tx, entity, record)
    if (owner === undefined || owner !== context.actor.id) throw refuse('POOL_NOT_YOURS')
    await giveRecord(poolContext(context, 'released'), tx, entity, record, pool.id)
  })
  return { status: 200, body: JSON.stringify({ data: { id: record, owner: pool.id } }) }
}

function parseRelease(body: unknown): string | undefined {
  if (body === undefined) return undefined
  if (!isRecord(body)) throw refuse('RECORD_BODY_INVALID')
  const unknown = Object.keys(body).filter((key) => key !== 'pool')
  if (unknown.length > 0)
    throw new AppError(unknown.map((name) => problem('FIELD_UNKNOWN', `/${name}`, { params: { name } })))
  const { pool } = body
  if (pool === undefined) return undefined
  if (typeof pool !== 'string') throw refuse('POOL_UNKNOWN', '/pool', { params: { name: '' } })
  return pool
}

async function poolFor(
  context: RequestContext,
  entity: CompiledEntity,
  named: string | undefined,
): Promise<ModelPool> {
  const pools = poolsOf(context.model.definitions, entity.name)
  const found = pools.find(({ name }) => name === named)
  if (found !== undefined) return found
  if (named !== undefined) throw refuse('POOL_UNKNOWN', '/pool', { params: { name: named.slice(0, 40) } })
  for (const pool of pools) if (await isMember(context, context.db, entity, pool)) return pool
  return pools[0]!
}
