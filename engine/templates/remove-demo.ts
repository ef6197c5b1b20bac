import { textIn } from '../../metadata/text.ts'
import { SYSTEM_ACTOR } from '../access/actor.ts'
import type { Executor } from '../db/database.ts'
import type { CompiledEntity, CompiledModel } from '../model/compiled.ts'
import { newId } from '../model/uuid.ts'
import { bulkRecords } from '../records/bulk.ts'
import type { RequestContext } from '../records/context.ts'
import { requestContext } from '../records/context.ts'

/** What became of demo records. */
export interface RemovedDemo {
  /** They lie in the recycle bin. */
  readonly removed: number
  /** Somebody has changed them, or what somebody made leads to them. */
  readonly kept: number
  /** The acts by which they come back (`POST /api/undo/{id}`), to be taken back from the first to the last. */
  readonly undo: readonly string[]
  /** They would go as well and are still there, since no more were to go at once. */
  readonly left: number
}

/** How many demo records of an entity would go, and how many stay. */
export interface DemoCount {
  readonly entity: string
  /** The entity's label, of many. */
  readonly label: string
  readonly removed: number
  readonly kept: number
}

/** Who may act is never deleted, only switched off. */
const PEOPLE = new Set(['user', 'team'])
/** Demo records that go by one act. */
export const MOST_AT_ONCE = 1_000
/** What the engine itself does, what follows from a write by itself, and what was taken back: nobody has worked with it. */
const OWN_WAYS = ['template', 'system', 'flow', 'rule', 'pool', 'assignment', 'pipeline', 'undo']

/** After these a record is as it came: put into the bin by somebody and taken out again, whatever it is like. */
const NO_CHANGE = ['create', 'delete', 'restore', 'duplicates_accepted', 'duplicates_asked']

/** What removing the demo records would do, entity by entity, those with the most records first. */
export async function countDemo({ db, model, actor }: RequestContext): Promise<readonly DemoCount[]> {
  const { made, leaving } = await findDemo(db, model)
  return [...made]
    .map(([name, all]): DemoCount => {
      const label = textIn(model.entities.get(name)?.plural, actor.language, name)
      const removed = leaving.get(name)?.size ?? 0
      return { entity: name, label, removed, kept: all - removed }
    })
    .sort((one, other) => other.removed - one.removed || (one.entity < other.entity ? -1 : 1))
}

/**
 * Puts the records that templates brought into the recycle bin, but for those that people have worked with: changed by
 * somebody, or led to by what stays. It is done with the rights of the engine in the name of who asks: so they may take
 * it back.
 * @param most how many go at most; those who wait can be told how far it is, call by call
 */
export async function removeDemo(context: RequestContext, most = Infinity): Promise<RemovedDemo> {
  const { db, model, search, origin } = context
  const { made, leaving } = await findDemo(db, model)
  const actor = { ...SYSTEM_ACTOR, id: context.actor.id, name: context.actor.name }
  const undo: string[] = []
  let removed = 0
  let left = totalOf([...leaving.values()].map(({ size }) => size))
  let kept = totalOf([...made.values()]) - left
  let room = most
  for (const name of leavesFirst(model, [...leaving.keys()])) {
    const ids = [...(leaving.get(name) ?? [])]
    while (ids.length > 0 && room > 0) {
      const going = ids.splice(0, Math.min(MOST_AT_ONCE, room))
      room -= going.length
      // Each call is an act of its own, known by its request.
      const act = requestContext({
        ...{ db, model, actor, search, via: 'system' },
        origin: { address: origin?.address, request: newId() },
      })
      const { body } = await bulkRecords(act, name, {
        delete: going,
        atomic: false,
      })
      const { data, undo: back } = JSON.parse(body ?? '{"data":[]}') as Removed
      // What went along with a record that it belonged to is gone as well.
      const gone = data.filter(({ status }) => status < 300 || status === 404).length
      removed += gone
      kept += data.length - gone
      left -= data.length
      // What was led to went last, and must be there again before what leads to it.
      if (back !== undefined) undo.unshift(back)
    }
  }
  return { removed, kept, undo, left }
}

interface Removed {
  readonly data: readonly { readonly status: number }[]
  readonly undo?: string
}

interface DemoRecords {
  /** How many there are of each entity that has any. */
  readonly made: ReadonlyMap<string, number>
  /** The ids of those that nobody works with, by entity. */
  readonly leaving: ReadonlyMap<string, ReadonlySet<string>>
}

async function findDemo(db: Executor, model: CompiledModel): Promise<DemoRecords> {
  const candidates = new Map<string, Set<string>>()
  const all = new Map<string, number>()
  for (const [name, entity] of model.entities) {
    if (PEOPLE.has(name)) continue
    const { made, untouched } = await demoRecords(db, model, entity)
    if (made > 0) all.set(name, made)
    if (untouched.length > 0) candidates.set(name, new Set(untouched))
  }
  await keepWhatIsLedTo(db, model, candidates)
  return { made: all, leaving: candidates }
}

const totalOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

async function demoRecords(
  db: Executor,
  { schema }: CompiledModel,
  entity: CompiledEntity,
): Promise<{ readonly made: number; readonly untouched: readonly string[] }> {
  const { rows } = await db.query<{ id: string; touched: boolean }>({
    text: `SELECT t."id"::text AS id, EXISTS (SELECT FROM ${schema}.tenon_audit b WHERE b.record = t."id"
  AND b.action <> ALL ($3::text[]) AND b.via <> ALL ($2::text[])) AS touched
FROM ${entity.table} t WHERE t."deleted_at" IS NULL AND EXISTS (SELECT FROM ${schema}.tenon_audit a
  WHERE a.record = t."id" AND a.entity = $1 AND a.action = 'create' AND a.via = 'template')`,
    values: [entity.id, OWN_WAYS, NO_CHANGE],
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
