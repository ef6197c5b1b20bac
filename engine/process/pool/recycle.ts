import type { Actor } from '../../access/actor.ts'
import type { Transaction } from '../../db/database.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { shifted } from '../../model/flow-schedule.ts'
import { type ModelPool, poolsOf } from '../../model/kinds/pool-place.ts'
import { notice, textTo } from '../../notify/notices.ts'
import type { RequestContext } from '../../records/context.ts'
import { holdOwner } from '../../records/hold-owner.ts'
import { dayIn } from '../../records/parameters.ts'
import type { Spoken } from '../../registry/words.ts'
import { notifyPeople } from '../flows/notify.ts'
import type { TellWays } from '../telling/deps.ts'
import { type DueRecord, dueRecords } from './due.ts'
import { giveRecord, poolContext } from './pool-context.ts'

/** Records of one pool that return in one run. */
const MOST = 2000

/**
 * By the clock of the context: brings back to the pools of a workspace what is due, and tells owners of what soon will
 * be. Each record in a transaction of its own, so that it may be cut off anywhere.
 */
export async function recycleRecords(
  context: RequestContext,
  telling: TellWays,
  signal?: AbortSignal,
): Promise<void> {
  for (const entity of context.model.entities.values()) {
    for (const pool of poolsOf(context.model.definitions, entity.name)) {
      await beginPool(context, entity, pool)
      await recycleOne(context, telling, entity, pool, signal)
    }
  }
}

/** The ledger of records that were held when the pool came begins with it. */
async function beginPool(context: RequestContext, entity: CompiledEntity, { id }: ModelPool): Promise<void> {
  const { db, model } = context
  const known = await db.query({
    text: `SELECT 1 FROM ${model.schema}.tenon_pool WHERE pool = $1::uuid`,
    values: [id],
  })
  if (known.rows.length > 0) return
  await db.transaction(async (tx) => {
    const { rows } = await tx.query({
      text: `INSERT INTO ${model.schema}.tenon_pool (pool, since) VALUES ($1::uuid, $2::timestamptz) ON CONFLICT (pool) DO NOTHING RETURNING pool`,
      values: [id, context.now().toISOString()],
    })
    if (rows.length === 0) return
    await tx.query({
      text:
        `INSERT INTO ${model.schema}.tenon_ownership (entity, record, holder, held_from, why) ` +
        `SELECT $1::uuid, t."id", t."owner", $2::timestamptz, 'found' FROM ${entity.table} t WHERE t."owner" IS NOT NULL ` +
        `AND NOT EXISTS (SELECT 1 FROM ${model.schema}.tenon_ownership h WHERE h.record = t."id" AND h.held_until IS NULL)`,
      values: [entity.id, context.now().toISOString()],
    })
  })
}

async function recycleOne(
  context: RequestContext,
  telling: TellWays,
  entity: CompiledEntity,
  pool: ModelPool,
  signal: AbortSignal | undefined,
): Promise<void> {
  const now = context.now()
  const { timeZone } = context.model.settings
  const warned = (pool.recycle ?? []).map(({ warn }) =>
    warn === undefined ? now : shifted(now, warn, timeZone, 1),
  )
  const until = new Date(Math.max(now.getTime(), ...warned.map((at) => at.getTime())))
  let returned = 0
  for await (const record of dueRecords(context, context.db, { entity, pool, until })) {
    if (signal?.aborted === true) return
    if (record.due <= now) {
      if (returned++ >= MOST) return
      await context.db.transaction((tx) => takeBack(context, tx, entity, pool, record))
      continue
    }
    const { warn } = record.rule
    if (warn !== undefined && shifted(record.due, warn, timeZone, -1) <= now)
      await context.db.transaction((tx) => warnOwner(context, telling, tx, entity, pool, record))
  }
}

/** Looks at the record again once it is held: somebody may have worked on it meanwhile. */
async function takeBack(
  context: RequestContext,
  tx: Transaction,
  entity: CompiledEntity,
  pool: ModelPool,
  { id }: DueRecord,
): Promise<void> {
  await holdOwner(tx, entity, id)
  for await (const still of dueRecords(context, tx, { entity, pool, until: context.now(), record: id })) {
    await giveRecord(poolContext(context, 'recycled'), tx, entity, still.id, pool.id)
    await tx.query({
      text: `DELETE FROM ${context.model.schema}.tenon_pool_warning WHERE record = $1::uuid`,
      values: [id],
    })
  }
}

/** Each time that is due is told once. */
async function warnOwner(
  context: RequestContext,
  telling: TellWays,
  tx: Transaction,
  entity: CompiledEntity,
  pool: ModelPool,
  { id, label, owner, rule, due }: DueRecord,
): Promise<void> {
  const { rows } = await tx.query({
    text:
      `INSERT INTO ${context.model.schema}.tenon_pool_warning AS w (record, rule, holder, due_at) ` +
      'VALUES ($1::uuid, $2::uuid, $3::uuid, $4::timestamptz) ON CONFLICT (record) DO UPDATE ' +
      'SET rule = excluded.rule, holder = excluded.holder, due_at = excluded.due_at ' +
      'WHERE (w.rule, w.holder, w.due_at) IS DISTINCT FROM (excluded.rule, excluded.holder, excluded.due_at) RETURNING record',
    values: [id, rule.id, owner, due.toISOString()],
  })
  if (rows.length === 0) return
  const day = dayIn(context.model.settings.timeZone, due)
  const called = context.model.translated.pool.get(pool.name)?.label
  const note = {
    ...{ to: [owner], about: { entity: entity.name, id }, flow: pool.name, run: undefined },
    say: (to: Spoken, owner: Actor) => ({
      title: notice('pool.returns', to, { record: label, pool: textTo(called, owner, pool.name), day }),
      text: notice('pool.why', to),
    }),
  }
  await notifyPeople({ ...telling, db: context.db, now: context.now }, context, context, tx, note)
}
