import { trailKey } from '../audit/trail.ts'
import type { Executor } from '../db/database.ts'
import { AppError, type Problem, problem, refuse } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { isConcealed } from '../registry/field-type.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { getRecord, readRecord, recordId } from './get.ts'
import { presentValue } from './history-changes.ts'
import { unknownField } from './parse-selection.ts'
import { patchRecord } from './patch.ts'
import { type RuledField, ruledFields } from './ruled-tags-sql.ts'
import { type ShownCells, shownCells } from './shown-cells.ts'
import { assertTouchable } from './touch.ts'

interface Wish {
  readonly version: number
  /** One field alone; undefined for the whole record. */
  readonly field: CompiledField | undefined
}

/** Others may write between our reading and our write; then it is worked out anew, this often. */
const MAX_TRIES = 3

/**
 * Gives a record, or one field of it, the values that it had at a version, by an ordinary checked write: who may not
 * change a field may not bring it back either. What the actor is not shown stays as it is; so do children, which have
 * a history of their own.
 * @param body `{"version"}` or `{"field", "version"}`
 * @throws AppError HISTORY_VERSION_UNKNOWN, HISTORY_NOT_KEPT, and as `patchRecord`
 */
export async function restoreVersion(
  context: RequestContext,
  entityName: string,
  id: string,
  body: unknown,
  options: { readonly ifMatch?: string | undefined; readonly runner?: Executor } = {},
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const recordUuid = recordId(id)
  const wish = parseWish(context, entity, body)
  for (let tries = 1; ; tries++) {
    const { patch, current } = await planRestore(
      context,
      options.runner ?? context.db,
      entity,
      recordUuid,
      wish,
    )
    if (Object.keys(patch).length === 0) return getRecord(context, entity.name, recordUuid, {})
    try {
      const ifMatch = options.ifMatch ?? `"${current}"`
      return await patchRecord(context, entity.name, recordUuid, patch, { ...options, ifMatch })
    } catch (error) {
      const hasMoved = error instanceof AppError && error.code === 'RECORD_VERSION_MOVED'
      if (!hasMoved || options.ifMatch !== undefined || tries === MAX_TRIES) throw error
    }
  }
}

function parseWish(context: RequestContext, entity: CompiledEntity, body: unknown): Wish {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refuse('HTTP_BODY_NOT_OBJECT')
  const { version, field: name, ...rest } = body as Record<string, unknown>
  const problems: Problem[] = Object.keys(rest).map((key) =>
    problem('FIELD_UNKNOWN', `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, {
      params: { name: key },
    }),
  )
  if (version === undefined) problems.push(problem('FIELD_REQUIRED', '/version'))
  else if (!Number.isSafeInteger(version) || (version as number) < 1) {
    const expected = { en: 'a version number', 'zh-CN': '版本号' }
    problems.push(problem('FIELD_TYPE_WRONG', '/version', { params: { expected } }))
  }
  const field = typeof name === 'string' ? entity.fields.get(name) : undefined
  const isKnown = field !== undefined && context.access.entity(entity.name).cell(field).see !== 'none'
  if (name !== undefined && !isKnown) {
    problems.push(unknownField(context, entity, typeof name === 'string' ? name : '', '/field'))
  } else if (field !== undefined && !field.writable) problems.push(problem('FIELD_READ_ONLY', '/field'))
  if (problems.length > 0) throw new AppError(problems)
  return { version: version as number, field }
}

/** What must be written for the record to be as it was; {} where nothing has changed since. */
async function planRestore(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  id: string,
  wish: Wish,
): Promise<{ readonly patch: Readonly<Record<string, unknown>>; readonly current: number }> {
  const json = await readRecord(context, runner, entity, id)
  const cells = await shownCells(context, runner, entity, id)
  if (json === undefined || cells === undefined) throw refuse('RECORD_NOT_FOUND')
  // Said also where there is nothing to bring back: a right does not depend on what was written since.
  await assertTouchable(context, runner, entity, id, 'update', '')
  const { version: current } = JSON.parse(json) as { version: number }
  if (wish.version > current) {
    throw refuse('HISTORY_VERSION_UNKNOWN', '/version', { params: { version: wish.version } })
  }
  const later = await readLater(context, runner, entity, id, wish.version)
  if (later.length < current - wish.version || later.some((write) => write.changes === null)) {
    throw refuse('HISTORY_NOT_KEPT', '/version', { params: { version: wish.version } })
  }
  return { patch: patchOf(context, entity, wish, later, cells), current }
}

interface LaterWrite {
  readonly version: number
  /** JSON; null where it was erased. */
  readonly changes: string | null
}

async function readLater(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  id: string,
  version: number,
): Promise<readonly LaterWrite[]> {
  const { rows } = await runner.query<LaterWrite>({
    text:
      `SELECT a.version, a.changes::text AS changes FROM ${context.model.schema}.tenon_audit a ` +
      `WHERE a.record = $1::uuid AND a.entity = $2::uuid AND a.version > $3::integer AND a.via <> 'rule' ORDER BY a.version`,
    values: [id, entity.id, version],
  })
  return rows
}

/** What the first later write of a field found there is what the field held at the version. */
function patchOf(
  context: RequestContext,
  entity: CompiledEntity,
  wish: Wish,
  later: readonly LaterWrite[],
  cells: ShownCells,
): Readonly<Record<string, unknown>> {
  const found = new Map<string, { readonly before?: unknown }>()
  for (const { changes } of later) {
    const parsed = JSON.parse(changes ?? '{}') as Record<string, { readonly before?: unknown }>
    for (const [key, change] of Object.entries(parsed)) if (!found.has(key)) found.set(key, change)
  }
  const fields = wish.field === undefined ? [...entity.fields.values()] : [wish.field]
  const shown = fields.filter((field) => cells(field) !== 'hidden')
  const patch = valuesBefore(context, entity, shown, found)
  const isLost = wish.field?.writable === true && found.has(trailKey(wish.field))
  if (isLost && shown.length > 0 && Object.keys(patch).length === 0) {
    throw refuse('HISTORY_NOT_KEPT', '/field', { params: { version: wish.version } })
  }
  return patch
}

/**
 * What fields held before these changes, for an ordinary write; without what was not kept.
 * @param changes as the audit keeps them, by trail key
 */
export function valuesBefore(
  context: RequestContext,
  entity: CompiledEntity,
  fields: readonly CompiledField[],
  changes: ReadonlyMap<string, { readonly before?: unknown }>,
): Readonly<Record<string, unknown>> {
  const ruled = ruledFields(context, entity)
  const patch: Record<string, unknown> = {}
  for (const field of fields) {
    const change = changes.get(trailKey(field))
    if (change?.before === undefined || !field.writable || isConcealed(field.type)) continue
    patch[field.name] = withoutRuled(ruled, field, presentValue(context, change.before))
  }
  return patch
}

/** Tags that rules give are not brought back: they follow what the record is now. */
function withoutRuled(ruled: readonly RuledField[], field: CompiledField, value: unknown): unknown {
  const tags = ruled.find((one) => one.field === field)?.tags
  return tags === undefined || !Array.isArray(value)
    ? value
    : value.filter((tag) => !tags.owned.includes(tag))
}
