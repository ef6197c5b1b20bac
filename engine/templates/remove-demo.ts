import { SYSTEM_ACTOR } from '../access/actor.ts'
import type { Executor } from '../db/database.ts'
import type { CompiledEntity, CompiledModel } from '../model/compiled.ts'
import { bulkRecords } from '../records/bulk.ts'
import type { RequestContext } from '../records/context.ts'
import { requestContext } from '../records/context.ts'

/** What became of demo records. */
export interface RemovedDemo {
  /** They lie in the recycle bin. */
  readonly removed: number
  /** Somebody has changed them, or what somebody made leads to them. */
  readonly kept: number
}

/** Who may act is never deleted, only switched off. */
const PEOPLE = new Set(['user', 'team'])
const MOST_AT_ONCE = 1_000
/** By these ways the engine itself changes records, in nobody's name. */
const OWN_WAYS = ['template', 'system', 'flow', 'rule', 'pool', 'assignment', 'pipeline']

/**
 * Puts the records that templates brought into the recycle bin, but for those that people have worked with: changed by
 * somebody, or led to by what stays.
 */
export async function removeDemo(context: RequestContext): Promise<RemovedDemo> {
  const { db, model } = context
  const candidates = new Map<string, Set<string>>()
  let all = 0
  for (const [name, entity] of model.entities) {
    if (PEOPLE.has(name)) continue
    const { made, untouched } = await demoRecords(db, model, entity)
    all += made
    if (untouched.length > 0) candidates.set(name, new Set(untouched))
  }
  await keepWhatIsLedTo(db, model, candidates)
  let removed = 0
  const system = requestContext({ model, actor: SYSTEM_ACTOR, db, search: context.search, via: 'system' })
  for (const name of leavesFirst(model, [...candidates.keys()])) {
    const ids = [...(candidates.get(name) ?? [])]
    for (let from = 0; from < ids.length; from += MOST_AT_ONCE) {
      const { body } = await bulkRecords(system, name, {
        delete: ids.slice(from, from + MOST_AT_ONCE),
        atomic: false,
      })
      const { data } = JSON.parse(body ?? '{"data":[]}') as { data: readonly { status: number }[] }
      // What went along with a record that it belonged to is gone as well.
      removed += data.filter(({ status }) => status < 300 || status === 404).length
    }
  }
  return { removed, kept: all - removed }
}

async function demoRecords(
  db: Executor,
  { schema }: CompiledModel,
  entity: CompiledEntity,
): Promise<{ readonly made: number; readonly untouched: readonly string[] }> {
  const { rows } = await db.query<{ id: string; touched: boolean }>({
    text: `SELECT t."id"::text AS id, EXISTS (SELECT FROM ${schema}.tenon_audit b WHERE b.record = t."id"
  AND b.action <> 'create' AND (b.actor IS NOT NULL OR b.via <> ALL ($2::text[]))) AS touched
FROM ${entity.table} t WHERE t."deleted_at" IS NULL AND EXISTS (SELECT FROM ${schema}.tenon_audit a
  WHERE a.record = t."id" AND a.entity = $1 AND a.action = 'create' AND a.via = 'template')`,
    values: [entity.id, OWN_WAYS],
  })
  return { made: rows.length, untouched: rows.filter(({ touched }) => !touched).map(({ id }) => id) }
}

/** Whatever a record that stays leads to stays as well, and what that leads to. */
async function keepWhatIsLedTo(
  db: Executor,
  model: CompiledModel,
  candidates: ReadonlyMap<string, Set<string>>,
): Promise<void> {
  for (let isMoving = true; isMoving; ) {
    isMoving = false
    for (const [name, ids] of candidates) {
      for (const { from, field } of model.entities.get(name)?.inverses ?? []) {
        for (const id of await ledTo(db, model.entities.get(from), field, ids, candidates.get(from)))
          if (ids.delete(id)) isMoving = true
      }
    }
  }
}

async function ledTo(
  db: Executor,
  entity: CompiledEntity | undefined,
  name: string,
  ids: ReadonlySet<string>,
  leaving: ReadonlySet<string> | undefined,
): Promise<readonly string[]> {
  const field = entity?.fields.get(name)
  if (entity === undefined || field === undefined || ids.size === 0) return []
  const values = [[...ids], [...(leaving ?? [])]]
  const [column] = field.columns
  if (column === undefined) return []
  const { rows } = await db.query<{ id: string }>({
    text: `SELECT DISTINCT t.${column}::text AS id FROM ${entity.table} t
WHERE t."deleted_at" IS NULL AND t.${column} = ANY ($1::uuid[]) AND NOT t."id" = ANY ($2::uuid[])`,
    values,
  })
  return rows.map(({ id }) => id)
}

/** Those that lead to others before these: nothing is refused because something still leads to it. */
function leavesFirst(model: CompiledModel, names: readonly string[]): readonly string[] {
  const order: string[] = []
  const place = (name: string, way: readonly string[]): void => {
    if (order.includes(name) || way.includes(name)) return
    for (const { from } of model.entities.get(name)?.inverses ?? []) place(from, [...way, name])
    order.push(name)
  }
  for (const name of names) place(name, [])
  return order.filter((name) => names.includes(name))
}
