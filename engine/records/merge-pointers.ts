import { textIn } from '../../metadata/text.ts'
import { isKnownWay } from '../access/access.ts'
import { trailCtes, trailKey } from '../audit/trail.ts'
import type { Executor } from '../db/database.ts'
import { AppError, refuse } from '../errors.ts'
import type { CompiledEntity, CompiledField, InverseRelation } from '../model/compiled.ts'
import { computedOf } from '../model/computed.ts'
import type { RequestContext } from './context.ts'
import { keepKeys } from './duplicate-guard.ts'
import { recordFault } from './faults.ts'
import { assertFree } from './held.ts'
import { bind, createParameters, type Parameters, toPlan } from './parameters.ts'
import { sightPredicate } from './row-source.ts'
import { plainJson } from './select.ts'
import { settling } from './settle.ts'
import { recountRollUps, workOutFormulas } from './work-out.ts'

/** Records that a merge points anew, those in the recycle bin among them. */
const MOST_POINTING = 20_000

/** The records of a merge: all of one entity, held. */
export interface Merged {
  readonly entity: CompiledEntity
  readonly survivor: string
  readonly losers: readonly string[]
}

/** How many records in the actor's sight point to the one that stays from now on, by their entity. */
export type Moved = ReadonlyMap<string, number>

/** A field by which records point to the merged ones. */
interface Way {
  readonly inverse: InverseRelation
  readonly pointing: CompiledEntity
  readonly field: CompiledField
}

/**
 * Makes everything that points to the records that go point to the one that stays: by lookups, by lookups that may lead to
 * several entities (comments, files and activities among them) and by links. It is a consequence of the merge, as clearing
 * a pointer is one of a delete: with an audit row each, and without the rights of a change. What lies in the recycle bin goes
 * along, so that it can come back.
 * @throws AppError MERGE_TOO_LARGE, MERGE_UNIQUE_BROKEN, RECORD_LOCKED where an approval holds one that points here
 */
export async function pointAnew(context: RequestContext, tx: Executor, merged: Merged): Promise<Moved> {
  const moved = new Map<string, Set<string>>()
  let room = MOST_POINTING
  for (const way of waysTo(context, merged.entity)) {
    const ids = await pointingIds(tx, way, merged, room + 1)
    if (ids.length > room) throw refuse('MERGE_TOO_LARGE', '/with', { params: { limit: MOST_POINTING } })
    room -= ids.length
    if (ids.length === 0) continue
    const seen = await idsInSight(context, tx, way, ids)
    const known = moved.get(way.pointing.name) ?? []
    moved.set(way.pointing.name, new Set([...known, ...seen.filter((id) => !merged.losers.includes(id))]))
    await assertFree(context, tx, way.pointing, ids, 'locked', '/with')
    await settling(
      ...([context, tx, way.pointing, ids] as const),
      () => repoint(context, tx, way, merged, ids),
      [new Map([[way.field, namedBy(way, merged)]])],
    )
    await keepKeys(context, tx, way.pointing, ids)
  }
  return new Map([...moved].flatMap(([name, ids]) => (ids.size === 0 ? [] : [[name, ids.size]])))
}

function waysTo({ model }: RequestContext, entity: CompiledEntity): readonly Way[] {
  return entity.inverses.flatMap((inverse): readonly Way[] => {
    const pointing = model.entities.get(inverse.from)
    const field = pointing?.fields.get(inverse.field)
    return pointing === undefined || field === undefined ? [] : [{ inverse, pointing, field }]
  })
}

/** The new parent, as a value of the field: roll-ups of it are held by whoever writes that. */
function namedBy({ field }: Way, { entity, survivor }: Merged): unknown {
  if (field.relation?.kind === 'many') return [survivor]
  return field.relation?.kind === 'dynamic' ? { entity: entity.name, id: survivor } : survivor
}

/**
 * The records that point to those that go, held in the order of their ids. Those that are merged are not among them where
 * the one that stays would point to itself: what stands above it is chosen afterwards.
 */
async function pointingIds(
  tx: Executor,
  { pointing, field }: Way,
  { entity, survivor, losers }: Merged,
  limit: number,
): Promise<readonly string[]> {
  const [id, kind] = field.columns
  const points =
    field.relation?.kind === 'many'
      ? `c."id" IN (SELECT l."record" FROM ${field.linkTable} l WHERE l."target" = ANY($1::uuid[])) AND c."id" <> ALL($1::uuid[])`
      : `c.${id} = ANY($1::uuid[])${kind === undefined ? '' : ` AND c.${kind} = '${entity.id}'`} AND c."id" <> $2::uuid`
  const { rows } = await tx.query<{ id: string }>({
    text:
      `SELECT c."id"::text AS id FROM ${pointing.table} c WHERE ${points} AND $2::uuid IS NOT NULL ` +
      'ORDER BY c."id" LIMIT $3 FOR NO KEY UPDATE',
    values: [losers, survivor, limit],
  })
  return rows.map((row) => row.id)
}

/** Which of them the actor sees pointing here: more is not told. What hangs on a record is read with it. */
async function idsInSight(
  context: RequestContext,
  tx: Executor,
  { inverse, pointing }: Way,
  ids: readonly string[],
): Promise<readonly string[]> {
  const isHeld = pointing.name === 'comment' || pointing.name === 'file'
  if (!isHeld && !isKnownWay(context, inverse)) return []
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const sight = isHeld ? 'c."deleted_at" IS NULL' : sightPredicate(source, pointing, 'c', false)
  const text = `SELECT c."id"::text AS id FROM ${pointing.table} c WHERE c."id" = ANY(${parameters.open('ids', 'uuid[]')}) AND ${sight}`
  const { rows } = await tx.query<{ id: string }>(bind(toPlan(text, parameters), context, { ids }))
  return rows.map((row) => row.id)
}

async function repoint(
  context: RequestContext,
  tx: Executor,
  way: Way,
  merged: Merged,
  ids: readonly string[],
): Promise<void> {
  const { pointing, field } = way
  try {
    if (field.relation?.kind === 'many') {
      await relink(context, tx, way, merged, ids)
      const own = computedOf(context.model, pointing).rollUps.filter(({ by }) => by === field)
      if (own.length > 0) await recountRollUps(context, tx, pointing, own, ids)
    } else await replacePointers(context, tx, way, merged, ids)
  } catch (error) {
    const fault = await recordFault(context, error, pointing, undefined)
    if (!(fault instanceof AppError) || fault.code !== 'RECORD_DUPLICATE') throw fault
    const entity = textIn(pointing.label, context.actor.language, pointing.name)
    throw refuse('MERGE_UNIQUE_BROKEN', '/with', { params: { entity } })
  }
  await workOutFormulas(context, tx, pointing, ids)
}

function trail(context: RequestContext, { pointing }: Way, parameters: Parameters): string {
  return trailCtes({
    schema: context.model.schema,
    from: 'c',
    changes: 'c.changes',
    entityId: pointing.id,
    action: 'update',
    actor: parameters.actor(),
    via: parameters.via(),
    address: parameters.open('address', 'text'),
    request: parameters.request(),
  }).join(', ')
}

const WRITTEN = '"updated_at" = now(), "version" = t."version" + 1'

async function replacePointers(
  context: RequestContext,
  tx: Executor,
  way: Way,
  { survivor }: Merged,
  ids: readonly string[],
): Promise<void> {
  const { pointing, field } = way
  const parameters = createParameters()
  const json = `to_jsonb(${plainJson(field, 't')})`
  const text =
    `WITH o AS (SELECT t."id", ${json} AS before FROM ${pointing.table} t ` +
    `WHERE t."id" = ANY(${parameters.open('ids', 'uuid[]')})), ` +
    `w AS (UPDATE ${pointing.table} t SET ${field.columns[0]} = ${parameters.open('survivor', 'uuid')}, ` +
    `"updated_by" = ${parameters.actor()}, ${WRITTEN} FROM o WHERE t."id" = o."id" ` +
    `RETURNING t."id", t."version", o.before, ${json} AS after), ` +
    `c AS (SELECT w."id", w."version", jsonb_build_object(${parameters.open('field', 'text')}, ` +
    `jsonb_build_object('before', w.before, 'after', w.after)) AS changes FROM w), ` +
    `${trail(context, way, parameters)} SELECT 1 FROM w`
  const slots = { ids, survivor, field: trailKey(field) }
  await tx.query(bind(toPlan(text, parameters), context, slots))
}

/** Links are rows of their own: those to the records that go are taken away, one to the one that stays is put there. */
async function relink(
  context: RequestContext,
  tx: Executor,
  way: Way,
  { survivor, losers }: Merged,
  ids: readonly string[],
): Promise<void> {
  const { pointing, field } = way
  const parameters = createParameters()
  const records = parameters.open('ids', 'uuid[]')
  const gone = parameters.open('losers', 'uuid[]')
  const stays = parameters.open('survivor', 'uuid')
  const links = `FROM ${field.linkTable} l WHERE l."record" = t."id"`
  const list = (sql: string) =>
    `(SELECT coalesce(jsonb_agg(x.x ORDER BY x.x), '[]'::jsonb) FROM (${sql}) x(x))`
  // A record is none of its own relatives.
  const others = `SELECT l."target" ${links} AND l."target" <> ALL(${gone})`
  const text =
    `WITH o AS (SELECT t."id", ${list(`SELECT l."target" ${links}`)} AS before, ` +
    `${list(`${others} UNION SELECT ${stays} WHERE t."id" <> ${stays}`)} AS after ` +
    `FROM ${pointing.table} t WHERE t."id" = ANY(${records})), ` +
    `gone AS (DELETE FROM ${field.linkTable} l WHERE l."record" = ANY(${records}) AND l."target" = ANY(${gone})), ` +
    `came AS (INSERT INTO ${field.linkTable} ("record", "target") SELECT o."id", ${stays} FROM o ` +
    `WHERE o."id" <> ${stays} ORDER BY o."id" ON CONFLICT DO NOTHING), ` +
    `w AS (UPDATE ${pointing.table} t SET "updated_by" = ${parameters.actor()}, ${WRITTEN} FROM o ` +
    'WHERE t."id" = o."id" RETURNING t."id", t."version", o.before, o.after), ' +
    `c AS (SELECT w."id", w."version", jsonb_build_object(${parameters.open('field', 'text')}, ` +
    `jsonb_build_object('before', w.before, 'after', w.after)) AS changes FROM w), ` +
    `${trail(context, way, parameters)} SELECT 1 FROM w`
  const slots = { ids, losers, survivor, field: trailKey(field) }
  await tx.query(bind(toPlan(text, parameters), context, slots))
}
