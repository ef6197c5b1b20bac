import { nearest } from '../../metadata/nearest.ts'
import type { Executor } from '../db/database.ts'
import { AppError, didYouMean, refuse } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { ValueFaultError } from '../registry/field-type.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import { parseChange, parseNew } from './parse-record.ts'
import { mainType } from './row-source.ts'
import { storeChange, storeNew } from './store.ts'
import { storedColumns } from './store-value.ts'
import { assertCreatable } from './touch.ts'

const MAX_TRIES = 3

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
  const value = parseKey(key, valueText)
  const outcome = await upsert(context, entity, key, value, body, undefined, '')
  return {
    status: outcome.isNew ? 201 : 200,
    body: `{"data":${outcome.json}}`,
    ...(outcome.isNew && { headers: { Location: `/api/records/${entity.name}/${outcome.id}` } }),
  }
}

/** @throws AppError UPSERT_KEY_INVALID, naming the nearest unique field */
export function uniqueField(entity: CompiledEntity, name: string): CompiledField {
  const field = entity.fields.get(name)
  if (field !== undefined && field.unique && field.columns.length === 1) return field
  const known = [...entity.fields.values()].filter((other) => other.unique).map((other) => other.name)
  throw refuse('UPSERT_KEY_INVALID', '', { params: { name }, hint: didYouMean(nearest(name, known)) })
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
  key: CompiledField,
  value: unknown,
  body: unknown,
  runner: Executor | undefined,
  path: string,
): Promise<Upserted> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryUpsert(context, entity, key, value, body, runner, path)
    } catch (error) {
      const isClash =
        error instanceof AppError && ['RECORD_DUPLICATE', 'RECORD_NOT_FOUND'].includes(error.code)
      if (!isClash || runner !== undefined || attempt >= MAX_TRIES) throw error
    }
  }
}

async function tryUpsert(
  context: RequestContext,
  entity: CompiledEntity,
  key: CompiledField,
  value: unknown,
  body: unknown,
  runner: Executor | undefined,
  path: string,
): Promise<Upserted> {
  const id = await idByKey(context, entity, key, value, runner ?? context.db)
  if (id !== undefined) {
    const change = parseChange(context, entity, id, body, undefined, path)
    return { id, isNew: false, json: await storeChange(context, entity, change, runner) }
  }
  assertCreatable(context, entity, path)
  const whole =
    typeof body === 'object' && body !== null && key.name !== 'id' ? { ...body, [key.name]: value } : body
  const record = parseNew(context, entity, whole, path)
  return { id: record.id, isNew: true, json: await storeNew(context, entity, record, runner) }
}

async function idByKey(
  context: RequestContext,
  entity: CompiledEntity,
  key: CompiledField,
  value: unknown,
  runner: Executor,
): Promise<string | undefined> {
  const parameters = createParameters()
  const [stored] = key.name === 'id' ? [{ value }] : await storedColumns(context.model, key, value)
  const text =
    `SELECT t."id"::text AS id FROM ${entity.table} t WHERE t.${key.columns[0]} = ` +
    `${parameters.open('key', mainType(key))} AND t."deleted_at" IS NULL`
  const found = await runner.query<{ id: string }>(
    bind(toPlan(text, parameters), context, { key: stored?.value }),
  )
  return found.rows[0]?.id
}
