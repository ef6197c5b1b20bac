import { textIn } from '../../metadata/text.ts'
import { trailKey } from '../audit/trail.ts'
import type { Executor } from '../db/database.ts'
import { instantSql } from '../db/values.ts'
import { type Problem, problem, refuse } from '../errors.ts'
import { isRecordId } from '../fields/parts/formats.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { entityById } from '../model/entity-by-id.ts'
import { type BulkResult, presentResult, runOperations } from './bulk.ts'
import { holdRecords } from './bulk-hold.ts'
import type { RecordAnswer, RequestContext } from './context.ts'
import { holdAllKeys } from './duplicate-keys.ts'
import { valuesBefore } from './history-restore.ts'
import { inWrite } from './in-write.ts'
import type { BulkOperation } from './parse-bulk.ts'
import { UNDO_HOURS } from './undo-journal.ts'

/** What a person has done lately is a short list. */
const MAX_LISTED = 50

interface Act {
  readonly id: string
  readonly at: string
  readonly until: string
  readonly entity: string
  readonly after_id: string
  readonly last_id: string | null
  readonly created: number
  readonly changed: number
  readonly deleted: number
  readonly restored: number
  readonly of: string | null
  readonly undone_at: string | null
}

interface Undone {
  readonly answer: RecordAnswer
  readonly entity: string
  readonly updates: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[]
}

/** What the actor did to many records and may still take back, the last first; what is taken back is told with it. */
export async function listActs(context: RequestContext): Promise<RecordAnswer> {
  const { rows } = await context.db.query<Act>({
    text: `${actsSql(context)} ORDER BY u.at DESC, u.id LIMIT ${MAX_LISTED}`,
    values: [context.actor.id ?? null, context.now()],
  })
  const data = rows.flatMap(({ after_id: _after, last_id: _last, entity: entityId, ...act }) => {
    const entity = entityOf(context, entityId)
    if (entity === undefined) return []
    const label = textIn(entity.plural, context.actor.language, entity.name)
    return [{ ...act, entity: entity.name, label }]
  })
  return { status: 200, body: JSON.stringify({ data }) }
}

/**
 * Takes back what the actor did to many records, within 24 hours: what was created goes to the bin, what was deleted comes
 * back, a changed field gets its value of before. All of it by ordinary checked writes; what is refused stays as it is, and so
 * does what somebody changed since. It is an act on many records itself and can be taken back.
 * @throws AppError UNDO_UNKNOWN, UNDO_DONE
 */
export async function undoAct(
  context: RequestContext,
  id: string,
  options: { readonly isDryRun?: boolean } = {},
): Promise<Undone> {
  const { isDryRun } = options
  return await inWrite(context, options, async (tx) => {
    const act = await lockAct(context, tx, id)
    const entity = entityOf(context, act.entity)
    if (entity === undefined) throw refuse('UNDO_UNKNOWN')
    const { operations, kept } = await planUndo(context, tx, entity, act)
    // What was there at the same time before is no news: only what may not be there twice is refused.
    const taking: RequestContext = { ...context, via: 'undo', duplicates: { isAccepted: true } }
    const holding = await holdAllKeys(taking, tx, entity)
    await holdRecords(holding, tx, entity, operations)
    const { results, undo } = await runOperations(holding, entity, operations, {
      ...{ runner: tx, isAtomic: false, of: act.id },
    })
    if (isDryRun !== true) await markUndone(context, tx, act.id)
    const refused = results.filter(({ errors }) => errors !== undefined)
    const told = [...refused.map((result) => ({ ...result, id: idOf(operations, result) })), ...kept]
    const data = {
      done: results.length - refused.length,
      kept: told.map((result) => presentResult(context, result)),
    }
    const body = JSON.stringify({ data, ...(undo === undefined || isDryRun === true ? {} : { undo }) })
    return { answer: { status: 200, body }, entity: entity.name, updates: updatesOf(operations, results) }
  })
}

/** What was written, for those who must know of it. */
function updatesOf(operations: readonly BulkOperation[], results: readonly BulkResult[]): Undone['updates'] {
  return operations.flatMap((operation, index) =>
    operation.kind === 'update' && results[index]?.errors === undefined
      ? [{ ...(operation.body as object), id: operation.id }]
      : [],
  )
}

/** The record that an operation was about: one that is refused does not say so itself. */
function idOf(operations: readonly BulkOperation[], { index }: BulkResult): string {
  const operation = operations[index]
  return operation !== undefined && 'id' in operation ? operation.id : ''
}

function actsSql({ model }: RequestContext): string {
  return (
    `SELECT u.id::text AS id, ${instantSql('u.at')} AS at, ${instantSql(`(u.at + interval '${UNDO_HOURS} hours')`)} AS until, ` +
    'u.entity::text AS entity, u.after_id::text AS after_id, u.last_id::text AS last_id, u.created, u.changed, u.deleted, ' +
    `u.restored, u.of::text AS of, ${instantSql('u.undone_at')} AS undone_at FROM ${model.schema}.tenon_undo u ` +
    `WHERE u.actor = $1::uuid AND u.at >= $2::timestamptz - interval '${UNDO_HOURS} hours'`
  )
}

async function lockAct(context: RequestContext, tx: Executor, id: string): Promise<Act> {
  if (!isRecordId(id)) throw refuse('UNDO_UNKNOWN')
  const { rows } = await tx.query<Act>({
    text: `${actsSql(context)} AND u.id = $3::uuid FOR UPDATE`,
    values: [context.actor.id ?? null, context.now(), id],
  })
  const act = rows[0]
  if (act === undefined) throw refuse('UNDO_UNKNOWN')
  if (act.undone_at !== null) throw refuse('UNDO_DONE')
  return act
}

async function markUndone(context: RequestContext, tx: Executor, id: string): Promise<void> {
  await tx.query({
    text: `UPDATE ${context.model.schema}.tenon_undo SET undone_at = $2 WHERE id = $1::uuid`,
    values: [id, context.now()],
  })
}

function entityOf({ model, access }: RequestContext, id: string): CompiledEntity | undefined {
  const entity = entityById(model, id)
  return entity === undefined || access.entity(entity.name).read === 'none' ? undefined : entity
}

interface Trace {
  readonly record: string
  readonly action: string
  /** JSON; null where it was erased. */
  readonly changes: string | null
  /** What later writes changed, by trail key. */
  readonly later: readonly string[]
  /** Whether a person wrote it since. */
  readonly touched: boolean
}

/** What later writes count as somebody's: what follows from a write by itself does not. */
const FOLLOWS = `('rule', 'assignment', 'pipeline', 'flow', 'system')`

async function traces(
  { model }: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  act: Act,
): Promise<readonly Trace[]> {
  const audit = `${model.schema}.tenon_audit`
  const { rows } = await tx.query<Trace>({
    text:
      'SELECT a.record::text AS record, a.action, a.changes::text AS changes, l.later, l.touched ' +
      `FROM ${audit} a CROSS JOIN LATERAL (SELECT coalesce(array_agg(DISTINCT k.key) FILTER (WHERE k.key IS NOT NULL), '{}') AS later, ` +
      `coalesce(bool_or(b.via NOT IN ${FOLLOWS}), false) AS touched FROM ${audit} b ` +
      `LEFT JOIN LATERAL json_object_keys(CASE WHEN b.action = 'update' THEN b.changes::json END) k(key) ON true ` +
      `WHERE b.record = a.record AND b.entity = a.entity AND b.id > a.id AND b.request IS DISTINCT FROM a.request ` +
      `AND b.version IS NOT NULL AND b.via <> 'rule') l ` +
      'WHERE a.id > $1::bigint AND ($2::bigint IS NULL OR a.id <= $2::bigint) AND a.request = $3::uuid ' +
      `AND a.entity = $4::uuid AND a.version IS NOT NULL AND a.via <> 'rule' ORDER BY a.record, a.id`,
    values: [act.after_id, act.last_id, act.id, entity.id],
  })
  return rows
}

/** The writes that take an act back, in the order of the records' ids, and what is left alone because it moved on. */
async function planUndo(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  act: Act,
): Promise<{ readonly operations: readonly BulkOperation[]; readonly kept: readonly BulkResult[] }> {
  const operations: BulkOperation[] = []
  const kept: BulkResult[] = []
  const byRecord = new Map<string, Trace[]>()
  for (const trace of await traces(context, tx, entity, act)) {
    const rows = byRecord.get(trace.record)
    if (rows === undefined) byRecord.set(trace.record, [trace])
    else rows.push(trace)
  }
  for (const [id, rows] of byRecord) {
    const index = operations.length
    const place = { index, id, path: '' }
    const has = (action: string): boolean => rows.some((row) => row.action === action)
    const keep = (errors: readonly Problem[]): void =>
      void kept.push({ op: 'update', index: -1, status: 409, id, errors })
    if (has('delete')) operations.push({ kind: 'restore', ...place })
    else if (has('create') || has('restore')) {
      if (rows.some(({ touched }) => touched)) keep([problem('UNDO_MOVED', '')])
      else operations.push({ kind: 'delete', ...place })
    } else {
      const { body, moved } = changesBack(context, entity, rows)
      if (Object.keys(body).length > 0) operations.push({ kind: 'update', ...place, body })
      if (moved.length > 0) keep(moved)
    }
  }
  return { operations, kept }
}

/** The values of before of the fields that nobody has changed since, and a problem for each other one. */
function changesBack(
  context: RequestContext,
  entity: CompiledEntity,
  rows: readonly Trace[],
): { readonly body: Readonly<Record<string, unknown>>; readonly moved: readonly Problem[] } {
  const found = new Map<string, { readonly before?: unknown }>()
  for (const { changes } of rows) {
    const parsed = JSON.parse(changes ?? '{}') as Record<string, { readonly before?: unknown }>
    for (const [key, change] of Object.entries(parsed)) if (!found.has(key)) found.set(key, change)
  }
  const cell = context.access.entity(entity.name).cell
  const changed = [...entity.fields.values()].filter(
    (field) => field.writable && found.has(trailKey(field)) && cell(field).see !== 'none',
  )
  const later = new Set(rows.flatMap((row) => row.later))
  const isLater = (field: (typeof changed)[number]): boolean => later.has(trailKey(field))
  return {
    body: valuesBefore(
      context,
      entity,
      changed.filter((field) => !isLater(field)),
      found,
    ),
    moved: changed.filter(isLater).map((field) => problem('UNDO_MOVED', `/${field.name}`)),
  }
}
