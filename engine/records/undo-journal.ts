import type { Executor } from '../db/database.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'

/** How long an act on many records may be taken back, hours. */
export const UNDO_HOURS = 24

/** How many records an act created, changed, deleted and brought back. */
export type ActCounts = Readonly<Record<'created' | 'changed' | 'deleted' | 'restored', number>>

/** An act on many records that is being written down while it runs. */
export interface Journal {
  /** By which it is taken back: the request that all its audit rows share. */
  readonly id: string
  end(counts: ActCounts): Promise<void>
}

export const NOTHING_DONE: ActCounts = { created: 0, changed: 0, deleted: 0, restored: 0 }

/**
 * Begins to note an act on many records of one entity, so that it can be taken back. Begun before its first write: what a cut
 * off act had done by then can be taken back too. Undefined for what no person's request does.
 * @param of the act that this one takes back
 */
export async function beginJournal(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  of?: string,
): Promise<Journal | undefined> {
  const { actor, origin, model } = context
  const id = origin?.request
  if (actor.id === undefined || id === undefined) return undefined
  const table = `${model.schema}.tenon_undo`
  const last = `(SELECT last_value - (NOT is_called)::int FROM ${model.schema}.tenon_audit_id)`
  const isOld = `actor = $3::uuid AND at < $2::timestamptz - interval '${UNDO_HOURS} hours'`
  await runner.query({
    text:
      `WITH swept AS (DELETE FROM ${table} WHERE ${isOld}) INSERT INTO ${table} (id, at, actor, entity, after_id, of) ` +
      `SELECT $1::uuid, $2::timestamptz, $3::uuid, $4::uuid, ${last}, $5::uuid ` +
      // Begun once already where the call is planned again on a newer model.
      'ON CONFLICT (id) DO NOTHING',
    values: [id, context.now(), actor.id, entity.id, of ?? null],
  })
  return {
    id,
    async end(counts) {
      const { created, changed, deleted, restored } = counts
      const isNothing = created + changed + deleted + restored === 0
      await runner.query(
        isNothing
          ? { text: `DELETE FROM ${table} WHERE id = $1`, values: [id] }
          : {
              text:
                `UPDATE ${table} SET last_id = ${last}, ` +
                'created = $2, changed = $3, deleted = $4, restored = $5 WHERE id = $1',
              values: [id, created, changed, deleted, restored],
            },
      )
    },
  }
}

/** What an act has done so far by the audit: the records that it created, and those others that it changed. */
export async function countAct(
  { db, model }: RequestContext,
  entity: CompiledEntity,
  id: string,
): Promise<ActCounts> {
  const { rows } = await db.query<{ readonly created: number; readonly changed: number }>({
    text:
      'SELECT count(*) FILTER (WHERE r.is_new)::int AS created, count(*) FILTER (WHERE NOT r.is_new)::int AS changed FROM ' +
      `(SELECT bool_or(a.action = 'create') AS is_new FROM ${model.schema}.tenon_audit a ` +
      `JOIN ${model.schema}.tenon_undo u ON u.id = $1::uuid AND a.id > u.after_id ` +
      `WHERE a.request = u.id AND a.entity = $2::uuid AND a.version IS NOT NULL AND a.via <> 'rule' GROUP BY a.record) r`,
    values: [id, entity.id],
  })
  return { ...NOTHING_DONE, ...rows[0] }
}
