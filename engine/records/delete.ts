import { textIn } from '../../metadata/text.ts'
import { type TrailAction, trailCtes, trailKey } from '../audit/trail.ts'
import type { Executor } from '../db/database.ts'
import { AppError, type Problem, problem, refuse } from '../errors.ts'
import type { CompiledEntity, InverseRelation } from '../model/compiled.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { recordId } from './get.ts'
import { assertFree } from './held.ts'
import { inWrite } from './in-write.ts'
import { assertCurrent, modelGuard } from './model-moved.ts'
import { bind, createParameters, type Parameters, toPlan } from './parameters.ts'
import { parseIfMatch } from './parse-record.ts'
import { touchable } from './plan-update.ts'
import { sightPredicate } from './row-source.ts'
import { plainJson } from './select.ts'
import { settling } from './settle.ts'
import { assertTouchable } from './touch.ts'
import { workOutFormulas } from './work-out.ts'

/** What a delete does besides: records of each entity that go with it, or that lose their pointer. */
export interface DeleteEffects {
  readonly cascaded: Map<string, number>
  readonly cleared: Map<string, number>
}

/**
 * Moves a record to the recycle bin. What points to it decides: it is refused, loses its pointer, or goes too.
 * With `isDryRun` nothing is stored; the answer says what would happen.
 */
export async function deleteRecord(
  context: RequestContext,
  entityName: string,
  id: string,
  options: {
    readonly ifMatch?: string | undefined
    readonly isDryRun?: boolean
    readonly runner?: Executor
  } = {},
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const recordUuid = recordId(id)
  const expected = parseIfMatch(options.ifMatch)
  const remove = (tx: Executor) => removeRecord(context, tx, entity, recordUuid, expected)
  const effects = await inWrite(context, options, remove)
  return {
    status: 200,
    body: JSON.stringify({
      data: {
        id: recordUuid,
        deleted: Object.fromEntries(effects.cascaded),
        cleared: Object.fromEntries(effects.cleared),
      },
    }),
  }
}

const MAX_CASCADE_DEPTH = 10

/** Deletes one record with all that must go with it, inside a transaction. */
export async function removeRecord(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  id: string,
  expected: number | undefined,
): Promise<DeleteEffects> {
  await lockForDelete(context, tx, entity, id, expected)
  const effects: DeleteEffects = { cascaded: new Map(), cleared: new Map() }
  await removeLocked(context, tx, entity, [id], effects, 0)
  return effects
}

/**
 * Locks the record so that nothing can begin to point to it: a write that points here holds it by FOR KEY SHARE,
 * which waits for this and then finds the record gone.
 */
async function lockForDelete(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  id: string,
  expected: number | undefined,
): Promise<void> {
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const conditions = [
    ...touchable(source, entity, 'delete', expected !== undefined),
    modelGuard(context.model.schema, parameters.open('version', 'integer')),
  ]
  const plan = toPlan(
    `SELECT t."id" FROM ${entity.table} t WHERE ${conditions.join(' AND ')} FOR UPDATE`,
    parameters,
  )
  const locked = await tx.query(bind(plan, context, { id, expected, version: context.model.version }))
  if (locked.rows.length > 0) return
  await assertCurrent(context, tx)
  const version = await versionInSight(context, tx, entity, id)
  if (version === undefined) throw refuse('RECORD_NOT_FOUND')
  await assertTouchable(context, tx, entity, id, 'delete', '')
  throw refuse('RECORD_VERSION_MOVED', '', { params: { version } })
}

async function versionInSight(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  id: string,
): Promise<number | undefined> {
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const text =
    `SELECT t."version" FROM ${entity.table} t WHERE t."id" = ${parameters.open('id', 'uuid')} ` +
    `AND ${sightPredicate(source, entity, 't', false)}`
  const found = await tx.query<{ version: number }>(bind(toPlan(text, parameters), context, { id }))
  return found.rows[0] === undefined ? undefined : Number(found.rows[0].version)
}

async function removeLocked(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
  effects: DeleteEffects,
  depth: number,
): Promise<void> {
  // What people did goes on telling their names: whoever leaves is switched off.
  if (entity.name === 'user') throw refuse('USER_NOT_DELETABLE')
  await settling(context, tx, entity, ids, () => markDeleted(context, tx, entity, ids))
  await assertUnreferenced(context, tx, entity, ids)
  for (const inverse of entity.inverses) {
    // A link of many-to-many stays: one to a deleted record is not shown.
    if (inverse.onDelete === undefined || inverse.onDelete === 'refuse') continue
    const pointing = context.model.entities.get(inverse.from)
    if (pointing === undefined) continue
    const found = await pointingIds(tx, pointing, inverse, ids)
    if (found.length === 0) continue
    const hold = inverse.onDelete === 'clear' ? 'locked' : 'running'
    await assertFree(context, tx, pointing, found, hold)
    if (depth >= MAX_CASCADE_DEPTH) throw new AppError(referencedProblem(context, pointing, found.length))
    if (inverse.onDelete === 'clear') {
      await settling(context, tx, pointing, found, async () => {
        await clearPointers(context, tx, pointing, inverse, found)
        await workOutFormulas(context, tx, pointing, found)
      })
      effects.cleared.set(pointing.name, (effects.cleared.get(pointing.name) ?? 0) + found.length)
    } else {
      effects.cascaded.set(pointing.name, (effects.cascaded.get(pointing.name) ?? 0) + found.length)
      await removeLocked(context, tx, pointing, found, effects, depth + 1)
    }
  }
}

/**
 * The records are deleted by now, so one that points to itself does not stand in its own way.
 * @throws AppError with a problem for each relation that forbids the delete, and how many records it has
 */
async function assertUnreferenced(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
): Promise<void> {
  const problems: Problem[] = []
  for (const inverse of entity.inverses) {
    const pointing = context.model.entities.get(inverse.from)
    const column = pointing?.fields.get(inverse.field)?.columns[0]
    if (inverse.onDelete !== 'refuse' || pointing === undefined || column === undefined) continue
    const counted = await tx.query<{ n: number }>({
      text:
        `SELECT count(*)::int AS n FROM ${pointing.table} c ` +
        `WHERE c.${column} = ANY($1::uuid[]) AND c."deleted_at" IS NULL`,
      values: [ids],
    })
    const count = Number(counted.rows[0]?.n ?? 0)
    if (count > 0) problems.push(referencedProblem(context, pointing, count))
  }
  if (problems.length > 0) throw new AppError(problems)
}

function referencedProblem(context: RequestContext, pointing: CompiledEntity, count: number): Problem {
  const entity = textIn(pointing.label, context.actor.language, pointing.name)
  return problem('RECORD_REFERENCED', '', { params: { count, entity } })
}

/** The live records that point to any of these, locked in id order. */
async function pointingIds(
  tx: Executor,
  pointing: CompiledEntity,
  inverse: InverseRelation,
  ids: readonly string[],
): Promise<readonly string[]> {
  const column = pointing.fields.get(inverse.field)?.columns[0]
  const found = await tx.query<{ id: string }>({
    text:
      `SELECT c."id"::text AS id FROM ${pointing.table} c WHERE c.${column} = ANY($1::uuid[]) ` +
      `AND c."deleted_at" IS NULL ORDER BY c."id" FOR UPDATE`,
    values: [ids],
  })
  return found.rows.map((row) => row.id)
}

function trail(
  context: RequestContext,
  entity: CompiledEntity,
  action: TrailAction,
  parameters: Parameters,
): readonly string[] {
  return trailCtes({
    schema: context.model.schema,
    from: 'c',
    changes: 'c.changes',
    entityId: entity.id,
    action,
    actor: parameters.actor(),
    via: parameters.open('via', 'text'),
    address: parameters.open('address', 'text'),
    request: parameters.open('request', 'uuid'),
  })
}

async function markDeleted(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
): Promise<void> {
  const parameters = createParameters()
  const actor = parameters.actor()
  const text =
    `WITH w AS (UPDATE ${entity.table} t SET "deleted_at" = now(), "deleted_by" = ${actor}, "version" = t."version" + 1 ` +
    `WHERE t."id" = ANY(${parameters.open('ids', 'uuid[]')}) AND t."deleted_at" IS NULL RETURNING t."id", t."version"), ` +
    `c AS (SELECT w."id", w."version", '{}'::jsonb AS changes FROM w), ` +
    `${trail(context, entity, 'delete', parameters).join(', ')} SELECT 1 FROM w`
  await tx.query(bind(toPlan(text, parameters), context, { ids, via: context.via }))
}

/** Takes away what records hold in the field of a relation, as a consequence of another write: with an audit row each. */
export async function clearPointers(
  context: RequestContext,
  tx: Executor,
  pointing: CompiledEntity,
  inverse: InverseRelation,
  ids: readonly string[],
): Promise<void> {
  const field = pointing.fields.get(inverse.field)
  if (field === undefined) return
  const parameters = createParameters()
  const cleared = field.columns.map((column) => `${column} = NULL`).join(', ')
  const text =
    `WITH o AS (SELECT t."id", to_jsonb(${plainJson(field, 't')}) AS before FROM ${pointing.table} t ` +
    `WHERE t."id" = ANY(${parameters.open('ids', 'uuid[]')})), ` +
    `w AS (UPDATE ${pointing.table} t SET ${cleared}, "updated_at" = now(), "updated_by" = ${parameters.actor()}, ` +
    `"version" = t."version" + 1 FROM o WHERE t."id" = o."id" RETURNING t."id", t."version", o.before), ` +
    `c AS (SELECT w."id", w."version", jsonb_build_object(${parameters.open('field', 'text')}, ` +
    `jsonb_build_object('before', w.before, 'after', NULL)) AS changes FROM w), ` +
    `${trail(context, pointing, 'update', parameters).join(', ')} SELECT 1 FROM w`
  await tx.query(bind(toPlan(text, parameters), context, { ids, via: context.via, field: trailKey(field) }))
}
