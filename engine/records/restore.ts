import { rowTestSql } from '../access/row-test-sql.ts'
import { trailCtes } from '../audit/trail.ts'
import type { Executor } from '../db/database.ts'
import { refuse } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { guardRestored } from './duplicate-guard.ts'
import { holdAllKeys } from './duplicate-keys.ts'
import { recordFault } from './faults.ts'
import { readRecord, recordId } from './get.ts'
import { inWrite } from './in-write.ts'
import { assertCurrent, modelGuard } from './model-moved.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import { settling } from './settle.ts'

/**
 * Brings a record back from the recycle bin, with those that went there with it.
 * @throws AppError 409 where a duplicate rule refuses it, a unique value is taken meanwhile or a record that it points to is gone
 */
export async function restoreRecord(
  context: RequestContext,
  entityName: string,
  id: string,
  options: { readonly runner?: Executor } = {},
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const recordUuid = recordId(id)
  const json = await inWrite(context, options, async (tx) => {
    // Before any row is held, as every write does: which keys come back is known only when the rows are.
    let holding = context
    for (const one of withCascades(context, entity)) holding = await holdAllKeys(holding, tx, one)
    const deletedAt = await lockDeleted(holding, tx, entity, recordUuid)
    await restoreRows(holding, tx, entity, [recordUuid], deletedAt)
    return await readRecord(holding, tx, entity, recordUuid)
  })
  return { status: 200, body: `{"data":${json ?? JSON.stringify({ id: recordUuid })}}` }
}

/** The entity and those whose records go to the bin, and come back, with its own. */
function withCascades({ model }: RequestContext, entity: CompiledEntity): ReadonlySet<CompiledEntity> {
  const found = new Set([entity])
  // A set tells what is added to it while it is walked.
  for (const { inverses } of found) {
    for (const { onDelete, from } of inverses) {
      const child = onDelete === 'cascade' ? model.entities.get(from) : undefined
      if (child !== undefined) found.add(child)
    }
  }
  return found
}

/** Locks a record in the bin that the actor may restore, and gives when it went there. */
async function lockDeleted(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  id: string,
): Promise<string> {
  const parameters = createParameters()
  const source = { model: context.model, parameters }
  const access = context.access.entity(entity.name)
  const text =
    `SELECT t."deleted_at"::text AS deleted_at, ${rowTestSql(source, access.restore, entity, 't')} AS may ` +
    `FROM ${entity.table} t WHERE t."id" = ${parameters.open('id', 'uuid')} ` +
    `AND ${rowTestSql(source, access.read, entity, 't')} ` +
    `AND ${modelGuard(context.model.schema, parameters.open('version', 'integer'))} FOR UPDATE`
  const found = await tx.query<{ deleted_at: string | null; may: boolean }>(
    bind(toPlan(text, parameters), context, { id, version: context.model.version }),
  )
  const row = found.rows[0]
  if (row === undefined) {
    await assertCurrent(context, tx)
    throw refuse('RECORD_NOT_FOUND')
  }
  if (row.may !== true) throw refuse('AUTH_DENIED')
  if (row.deleted_at === null) throw refuse('RECORD_NOT_DELETED')
  return row.deleted_at
}

async function restoreRows(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
  deletedAt: string,
): Promise<void> {
  await settling(context, tx, entity, ids, () => unmark(context, tx, entity, ids))
  await assertParentsLive(context, tx, entity, ids)
  await guardRestored(context, tx, entity, ids)
  for (const inverse of entity.inverses) {
    if (inverse.onDelete !== 'cascade') continue
    const child = context.model.entities.get(inverse.from)
    const column = child?.fields.get(inverse.field)?.columns[0]
    if (child === undefined || column === undefined) continue
    // One delete stamps all that go with it with one instant: that is how they find each other again.
    const found = await tx.query<{ id: string }>({
      text:
        `SELECT c."id"::text AS id FROM ${child.table} c WHERE c.${column} = ANY($1::uuid[]) ` +
        'AND c."deleted_at" = $2::timestamptz ORDER BY c."id" FOR UPDATE',
      values: [ids, deletedAt],
    })
    const childIds = found.rows.map((row) => row.id)
    if (childIds.length > 0) await restoreRows(context, tx, child, childIds, deletedAt)
  }
}

async function unmark(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
): Promise<void> {
  const parameters = createParameters()
  const actor = parameters.actor()
  const trail = trailCtes({
    schema: context.model.schema,
    from: 'w',
    changes: `'{}'::jsonb`,
    entityId: entity.id,
    action: 'restore',
    actor,
    via: parameters.open('via', 'text'),
    address: parameters.open('address', 'text'),
    request: parameters.open('request', 'uuid'),
  })
  const text =
    `WITH w AS (UPDATE ${entity.table} t SET "deleted_at" = NULL, "deleted_by" = NULL, "version" = t."version" + 1 ` +
    `WHERE t."id" = ANY(${parameters.open('ids', 'uuid[]')}) RETURNING t."id", t."version"), ` +
    `${trail.join(', ')} SELECT 1 FROM w`
  try {
    await tx.query(bind(toPlan(text, parameters), context, { ids, via: context.via }))
  } catch (error) {
    throw await recordFault(context, error, entity, undefined)
  }
}

/** A live record never points to one in the bin. The parents are held, so that none goes there meanwhile. */
async function assertParentsLive(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
): Promise<void> {
  for (const field of entity.fields.values()) {
    const relation = field.relation
    if (field.system || (relation?.kind !== 'one' && relation?.kind !== 'dynamic')) continue
    const targets = relation.kind === 'dynamic' ? relation.to : [relation.to]
    for (const name of targets) {
      const target = context.model.entities.get(name)
      if (target === undefined) continue
      const held = await tx.query<{ dead: boolean }>({
        text:
          `SELECT x."deleted_at" IS NOT NULL AS dead FROM ${target.table} x WHERE x."id" IN ` +
          `(SELECT t.${field.columns[0]} FROM ${entity.table} t WHERE t."id" = ANY($1::uuid[])) FOR KEY SHARE`,
        values: [ids],
      })
      if (held.rows.some((row) => row.dead)) {
        throw refuse('RECORD_PARENT_DELETED', `/${field.name}`, { params: { field: field.name } })
      }
    }
  }
}
