import type { Executor } from '../db/database.ts'
import { AppError, type Problem, problem, problemMessage, refuse } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { removeRecord } from './delete.ts'
import { recordId } from './get.ts'
import { inWrite } from './in-write.ts'
import { insertRows } from './insert-rows.ts'
import { ModelMovedError } from './model-moved.ts'
import { bind } from './parameters.ts'
import { type BulkOperation, MAX_BULK, parseBulk } from './parse-bulk.ts'
import { parseChange, parseNew } from './parse-record.ts'
import { planRows } from './plan-list.ts'
import { writesElsewhere } from './relations.ts'
import { storeChange, storeNew } from './store.ts'
import { assertCreatable } from './touch.ts'
import { uniqueField, upsert } from './upsert.ts'

/** What became of one operation. */
interface BulkResult {
  readonly op: BulkOperation['kind']
  readonly index: number
  readonly status: number
  readonly id?: string
  readonly errors?: readonly Problem[]
}

/**
 * Many writes in one call, each with the validation, rules, audit and events that it has alone. Atomic: all or
 * none, refused with every problem that can be known before. Per record: each stands for itself.
 */
export async function bulkRecords(
  context: RequestContext,
  entityName: string,
  body: unknown,
  options: { readonly runner?: Executor } = {},
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const request = parseBulk(body)
  const operations =
    request.kind === 'operations'
      ? request.operations
      : await setOperations(context, entity, request.filter, request.set)
  const results = request.isAtomic
    ? await runAtomic(context, entity, operations, options)
    : await runEach(context, entity, operations, options.runner)
  const data = results.map((result) => presentResult(context, result))
  return { status: 200, body: JSON.stringify({ data }) }
}

async function setOperations(
  context: RequestContext,
  entity: CompiledEntity,
  filter: unknown,
  set: unknown,
): Promise<readonly BulkOperation[]> {
  const { from, where, parameters } = planRows(context, entity, { filter, q: undefined, isBin: false })
  const text = `SELECT t."id"::text AS id FROM ${from} WHERE ${where} ORDER BY t."id" LIMIT ${MAX_BULK + 1}`
  const found = await context.db.query<{ id: string }>(
    bind({ text, values: parameters.values, name: '' }, context),
  )
  if (found.rows.length > MAX_BULK) throw refuse('BULK_TOO_MANY', '/filter', { params: { limit: MAX_BULK } })
  return found.rows.map((row) => ({ kind: 'update', id: row.id, body: set, path: '/set' }))
}

async function runAtomic(
  context: RequestContext,
  entity: CompiledEntity,
  operations: readonly BulkOperation[],
  options: { readonly runner?: Executor },
): Promise<readonly BulkResult[]> {
  const problems = operations.flatMap((operation) => knownProblems(context, entity, operation))
  if (problems.length > 0) throw new AppError(problems.slice(0, MAX_BULK))
  return await inWrite(context, options, async (tx) => {
    const creates = operations.filter((operation) => operation.kind === 'create')
    const results = await createAll(context, tx, entity, creates)
    for (const operation of operations) {
      if (operation.kind !== 'create') results.push(await runOne(context, tx, entity, operation))
    }
    return results
  })
}

/** What can be said of an operation before anything is stored. */
function knownProblems(
  context: RequestContext,
  entity: CompiledEntity,
  operation: BulkOperation,
): readonly Problem[] {
  try {
    if (operation.kind === 'create') {
      assertCreatable(context, entity, operation.path)
      parseNew(context, entity, operation.body, operation.path)
    } else if (operation.kind === 'update') {
      parseChange(context, entity, recordId(operation.id), operation.body, undefined, operation.path)
    } else if (operation.kind === 'upsert') uniqueField(entity, operation.key)
    else recordId(operation.id)
    return []
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return error.problems.map((fault) => (fault.path === '' ? { ...fault, path: operation.path } : fault))
  }
}

/** All plain creates in one statement: an import stands or falls with that. */
async function createAll(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  operations: readonly (BulkOperation & { readonly kind: 'create' })[],
): Promise<BulkResult[]> {
  const records = operations.map((operation) => parseNew(context, entity, operation.body, operation.path))
  const plain = records.filter((record) => !writesElsewhere(record.values))
  if (plain.length > 0) await insertRows(context, tx, entity, plain, 'ids')
  for (const record of records)
    if (writesElsewhere(record.values)) await storeNew(context, entity, record, tx)
  return records.map((record, index) => ({ op: 'create', index, status: 201, id: record.id }))
}

async function runOne(
  context: RequestContext,
  runner: Executor | undefined,
  entity: CompiledEntity,
  operation: BulkOperation,
): Promise<BulkResult> {
  const { path } = operation
  const index = Number(/(\d+)$/.exec(path)?.[1] ?? 0)
  const done = (status: number, id: string): BulkResult => ({ op: operation.kind, index, status, id })
  switch (operation.kind) {
    case 'create': {
      assertCreatable(context, entity, path)
      const record = parseNew(context, entity, operation.body, path)
      await storeNew(context, entity, record, runner)
      return done(201, record.id)
    }
    case 'update': {
      const change = parseChange(context, entity, recordId(operation.id), operation.body, undefined, path)
      await storeChange(context, entity, change, runner)
      return done(200, change.id)
    }
    case 'upsert': {
      const outcome = await upsertOne(context, runner, entity, operation)
      return done(outcome.isNew ? 201 : 200, outcome.id)
    }
    case 'delete': {
      const id = recordId(operation.id)
      await inWrite(context, runner === undefined ? {} : { runner }, (tx) =>
        removeRecord(context, tx, entity, id, undefined),
      )
      return done(200, id)
    }
  }
}

async function upsertOne(
  context: RequestContext,
  runner: Executor | undefined,
  entity: CompiledEntity,
  operation: BulkOperation & { readonly kind: 'upsert' },
) {
  const key = uniqueField(entity, operation.key)
  const body = operation.body
  const value =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[key.name] : undefined
  if (value === undefined || value === null) {
    throw new AppError(problem('FIELD_REQUIRED', `${operation.path}/${key.name}`))
  }
  return await upsert(context, entity, key, value, body, runner, operation.path)
}

async function runEach(
  context: RequestContext,
  entity: CompiledEntity,
  operations: readonly BulkOperation[],
  runner: Executor | undefined,
): Promise<readonly BulkResult[]> {
  const results: BulkResult[] = []
  for (const [position, operation] of operations.entries()) {
    try {
      results.push(await runOne(context, runner, entity, operation))
    } catch (error) {
      // A newer model before the first write: the whole call is planned again. Later ones stand for themselves.
      if (!(error instanceof AppError) && !(error instanceof ModelMovedError)) throw error
      if (error instanceof ModelMovedError) {
        if (position === 0) throw error
        results.push(refusedResult(operation, refuse('RECORD_BUSY', operation.path)))
      } else results.push(refusedResult(operation, error))
    }
  }
  return results
}

function refusedResult(operation: BulkOperation, error: AppError): BulkResult {
  const index = Number(/(\d+)$/.exec(operation.path)?.[1] ?? 0)
  return { op: operation.kind, index, status: error.status, errors: error.problems }
}

function presentResult(context: RequestContext, result: BulkResult): unknown {
  if (result.errors === undefined) return result
  const { language } = context.actor
  const errors = result.errors.map((fault) => ({
    code: fault.code,
    path: fault.path,
    message: problemMessage(fault, language),
    ...(fault.hint === undefined ? {} : { hint: fault.hint[language] }),
  }))
  return { ...result, errors }
}
