import { accessOf } from '../../access/access.ts'
import { rowTestSql } from '../../access/row-test-sql.ts'
import { holderTest } from '../../access/shares.ts'
import type { Executor } from '../../db/database.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import type { ModelPool } from '../../model/kinds/pool-place.ts'
import type { RequestContext } from '../../records/context.ts'
import { bind, createParameters, toPlan } from '../../records/parameters.ts'
import { WRITE_OWNER } from '../../records/store.ts'

/** The engine, in the name of who claims or gives back. */
export function poolContext(
  context: RequestContext,
  taking: NonNullable<RequestContext['taking']>,
): RequestContext {
  const actor = { ...context.actor, roles: ['administrator'], roleKey: 'administrator' }
  return { ...context, actor, access: accessOf(context.model, actor), via: 'pool', taking }
}

/** Gives a record to a person or a pool, through the door of all changes. */
export async function giveRecord(
  engine: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  id: string,
  holder: string,
): Promise<void> {
  const values = new Map([[entity.fields.get('owner')!, holder]])
  await WRITE_OWNER(engine, tx, entity, { id, values, expected: undefined, path: '' })
}

/** Whether the actor is a member of a pool. */
export async function isMember(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  pool: ModelPool,
): Promise<boolean> {
  const test = holderTest(context.actor, pool.members)
  if (typeof test === 'string') return test === 'all'
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const text = `SELECT (${rowTestSql(source, test, entity, 't')}) IS TRUE AS yes`
  const { rows } = await runner.query<{ yes: boolean }>(bind(toPlan(text, parameters), context))
  return rows[0]?.yes === true
}
