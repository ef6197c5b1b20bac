import { nearest } from '../../metadata/nearest.ts'
import type { Executor } from '../db/database.ts'
import { AppError, didYouMean, problem, refuse } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { mainType } from '../model/sql/field-value.ts'
import { ValueFaultError } from '../registry/field-type.ts'
import { seenSql } from './cells.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { recordId } from './get.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import { parseChange, parseNew } from './parse-record.ts'
import { parseWrite } from './parse-write.ts'
import { sightPredicate } from './row-source.ts'
import { storeChange, storeNew } from './store.ts'
import { keyColumns, storedColumns } from './store-value.ts'
import { assertCreatable } from './touch.ts'

const MAX_TRIES = 3

/** One upsert: the unique field, its value, and what to store. */
export interface Upsert {
  readonly key: CompiledField
  readonly value: unknown
  readonly body: unknown
  /** JSON pointer of the body in the request. */
  readonly path: string
}

/** What an upsert did. */
export interface Upserted {
  readonly id: string
  readonly isNew: boolean
  /** The record's JSON text as the actor sees it. */
  readonly json: string
}

/** Creates the record with this value in a unique field, or changes the one that has it. */
export async function upsertRecord(
  context: RequestContext,
  entityName: string,
  fieldName: string,
  valueText: string,
  body: unknown,
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const key = uniqueField(entity, fieldName)
  const outcome = await upsert(
    context,
    entity,
    { key, value: parseKey(key, valueText), body, path: '' },
    undefined,
  )
  return {
    status: outcome.isNew ? 201 : 200,
    body: `{"data":${outcome.json}}`,
    ...(outcome.isNew && { headers: { Location: `/api/records/${entity.name}/${outcome.id}` } }),
  }
}

/**
 * @param path where the name stands in the request, '' in its address
 * @throws AppError UPSERT_KEY_INVALID, naming the nearest unique field
 */
export function uniqueField(entity: CompiledEntity, name: string, path = ''): CompiledField {
  const field = entity.fields.get(name)
  if (field?.unique === true && keyColumns(field).length === 1) return field
  const known = [...entity.fields.values()].filter((other) => other.unique).map((other) => other.name)
  throw refuse('UPSERT_KEY_INVALID', path, { params: { name }, hint: didYouMean(nearest(name, known)) })
}

function parseKey(key: CompiledField, text: string): unknown {
  if (key.name === 'id') return text
  try {
    return key.type.csv.parse(text, key.definition)
  } catch (error) {
    if (error instanceof ValueFaultError) throw refuse('FIELD_VALUE_INVALID', `/${key.name}`)
    throw error
  }
}

/**
 * Upserts by a unique value. Two at once make one record: the one who comes second finds the first's.
 * @param runner the transaction that it is part of; then a clash ends that transaction and is not tried again
 */
export async function upsert(
  context: RequestContext,
  entity: CompiledEntity,
  request: Upsert,
  runner: Executor | undefined,
): Promise<Upserted> {
  await checkKey(context, entity, request)
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryUpsert(context, entity, request, runner)
    } catch (error) {
      const isClash =
        error instanceof AppError && ['RECORD_DUPLICATE', 'RECORD_NOT_FOUND'].includes(error.code)
      if (!isClash || runner !== undefined || attempt >= MAX_TRIES) throw error
    }
  }
}

/**
 * @throws AppError for a value that the field does not take, or a body that gives the field another one: the same
 *   call would then not find its own record again
 */
async function checkKey(context: RequestContext, entity: CompiledEntity, request: Upsert): Promise<void> {
  const { key, value, body, path } = request
  if (key.name === 'id') {
    recordId(typeof value === 'string' ? value : '')
    return
  }
  const { problems } = parseWrite(context, entity, { [key.name]: value }, false)
  if (problems.length > 0)
    throw new AppError(problems.map((fault) => ({ ...fault, path: `${path}${fault.path}` })))
  const said =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[key.name] : undefined
  if (said !== undefined && !(await isSame(context, key, said, value))) {
    throw new AppError(problem('UPSERT_KEY_MISMATCH', `${path}/${key.name}`))
  }
}

async function isSame(
  context: RequestContext,
  key: CompiledField,
  said: unknown,
  value: unknown,
): Promise<boolean> {
  if (said === value) return true
  if (said === null || typeof said !== typeof value || typeof said === 'object') return false
  const [left] = await storedColumns(context.model, key, said)
  const [right] = await storedColumns(context.model, key, value)
  return left?.value === right?.value
}

async function tryUpsert(
  context: RequestContext,
  entity: CompiledEntity,
  request: Upsert,
  runner: Executor | undefined,
): Promise<Upserted> {
  const { key, value, body, path } = request
  const id = await idByKey(context, entity, key, value, runner ?? context.db)
  if (id !== undefined) {
    const change = await parseChange(context, entity, id, body, undefined, path)
    return { id, isNew: false, json: await storeChange(context, entity, change, runner) }
  }
  // Ids are the engine's to give.
  if (key.name === 'id') throw refuse('RECORD_NOT_FOUND', path)
  assertCreatable(context, entity, path)
  const isRecord = typeof body === 'object' && body !== null && !Array.isArray(body)
  const record = await parseNew(context, entity, isRecord ? { ...body, [key.name]: value } : body, path)
  return { id: record.id, isNew: true, json: await storeNew(context, entity, record, runner) }
}

/** The live record in sight with this value. One out of sight is as good as none: making another then clashes. */
async function idByKey(
  context: RequestContext,
  entity: CompiledEntity,
  key: CompiledField,
  value: unknown,
  runner: Executor,
): Promise<string | undefined> {
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const [stored] = key.name === 'id' ? [{ value }] : await storedColumns(context.model, key, value)
  const text =
    `SELECT t."id"::text AS id FROM ${entity.table} t WHERE t.${key.columns[0]} = ` +
    `${parameters.open('key', mainType(key))} AND ${sightPredicate(source, entity, 't', false)} ` +
    // Who does not see the value in a record must not learn by asking that it is there.
    `AND ${seenSql(source, entity, key, 't')}`
  const found = await runner.query<{ id: string }>(
    bind(toPlan(text, parameters), context, { key: stored?.value }),
  )
  return found.rows[0]?.id
}
