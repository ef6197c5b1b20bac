import type { Executor } from '../db/database.ts'
import { AppError, type Problem, problem, problemHint, problemMessage, refuse } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { holdRecords, inLockOrder } from './bulk-hold.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { removeRecord } from './delete.ts'
import { holdAllKeys } from './duplicate-keys.ts'
import { recordId } from './get.ts'
import { inWrite } from './in-write.ts'
import { insertRows } from './insert-rows.ts'
import { ModelMovedError } from './model-moved.ts'
import { bind } from './parameters.ts'
import { type BulkOperation, MAX_BULK, parseBulk } from './parse-bulk.ts'
import { parseChange, parseNew } from './parse-record.ts'
import { planRows } from './plan-list.ts'
import { within, writesElsewhere } from './relations.ts'
import { restoreRecord } from './restore.ts'
import { inDroppedSavepoint, inSavepoint } from './savepoint.ts'
import { actOnBeginnings, assignOwners, storeChange, storeNew } from './store.ts'
import { assertCreatable } from './touch.ts'
import { type ActCounts, beginJournal, NOTHING_DONE } from './undo-journal.ts'
import { uniqueField, upsert } from './upsert.ts'

/** What became of one operation. */
export interface BulkResult {
  readonly op: BulkOperation['kind']
  readonly index: number
  readonly status: number
  readonly id?: string
  readonly errors?: readonly Problem[]
}

/** Is told the problems of the operations that were refused where each stands for itself. */
type OnRefused = (problems: readonly Problem[]) => void

/**
 * Many writes in one call, each with the validation, rules, audit and events that it has alone. Atomic: all or
 * none, refused with the problems of every operation. Per record: each stands for itself.
 */
export async function bulkRecords(
  context: RequestContext,
  entityName: string,
  body: unknown,
  options: BulkOptions & { readonly onRefused?: OnRefused } = {},
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  if (!context.access.entity(entity.name).bulk) throw refuse('AUTH_DENIED')
  const request = parseBulk(body)
  const operations =
    request.kind === 'operations'
      ? request.operations
      : await setOperations(context, options.runner ?? context.db, entity, request.filter, request.set)
  const { results, undo } = await runOperations(context, entity, operations, {
    ...options,
    isAtomic: request.isAtomic,
  })
  options.onRefused?.(results.flatMap((result) => result.errors ?? []))
  const data = results.map((result) => presentResult(context, result))
  return { status: 200, body: JSON.stringify({ data, ...(undo === undefined ? {} : { undo }) }) }
}

interface Done {
  readonly results: readonly BulkResult[]
  readonly undo: string | undefined
}

export interface BulkOptions {
  readonly runner?: Executor
  /** Whether it is only to say what would come of each operation. */
  readonly isDryRun?: boolean
}

/**
 * Does these operations and notes them, so that they can be taken back.
 * @param options.of the act that is taken back by them
 * @returns what became of each, and by which id they are taken back; none where nothing was done
 */
export async function runOperations(
  context: RequestContext,
  entity: CompiledEntity,
  operations: readonly BulkOperation[],
  options: BulkOptions & { readonly isAtomic: boolean; readonly of?: string },
): Promise<Done> {
  const { runner, isAtomic, isDryRun, of } = options
  if (isDryRun === true) {
    const tryAll = (tx: Executor) => runEach(context, entity, operations, tx)
    return { results: await inWrite(context, { isDryRun }, tryAll), undo: undefined }
  }
  const noted = async (db: Executor, run: () => Promise<readonly BulkResult[]>) => {
    const journal = await beginJournal(context, db, entity, of)
    const results = await run()
    const counts = countsOf(results)
    await journal?.end(counts)
    return { results, undo: counts === NOTHING_DONE ? undefined : journal?.id }
  }
  if (isAtomic) return await runAtomic(context, entity, operations, runner, noted)
  return await noted(runner ?? context.db, () => runEach(context, entity, operations, runner))
}

function countsOf(results: readonly BulkResult[]): ActCounts {
  const done = results.filter(({ errors }) => errors === undefined)
  if (done.length === 0) return NOTHING_DONE
  const count = (...kinds: readonly string[]) =>
    done.filter(({ op, status }) => kinds.includes(op === 'upsert' && status === 201 ? 'create' : op)).length
  return {
    created: count('create'),
    changed: count('update', 'upsert'),
    deleted: count('delete'),
    restored: count('restore'),
  }
}

async function setOperations(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  filter: unknown,
  set: unknown,
): Promise<readonly BulkOperation[]> {
  const { from, where, parameters } = planRows(context, entity, { filter, q: undefined, isBin: false })
  const text = `SELECT t."id"::text AS id FROM ${from} WHERE ${where} ORDER BY t."id" LIMIT ${MAX_BULK + 1}`
  const found = await runner.query<{ id: string }>(
    bind({ text, values: parameters.values, name: '' }, context),
  )
  if (found.rows.length > MAX_BULK) throw refuse('BULK_TOO_MANY', '/filter', { params: { limit: MAX_BULK } })
  return found.rows.map(({ id }, index) => ({ kind: 'update', index, id, body: set, path: '/set' }))
}

async function runAtomic(
  context: RequestContext,
  entity: CompiledEntity,
  operations: readonly BulkOperation[],
  runner: Executor | undefined,
  noted: (tx: Executor, run: () => Promise<readonly BulkResult[]>) => Promise<Done>,
): Promise<Done> {
  const storeAll = async (tx: Executor): Promise<readonly BulkResult[]> => {
    const holding = await holdAllKeys(context, tx, entity)
    await holdRecords(holding, tx, entity, operations)
    const creates = operations.filter((operation) => operation.kind === 'create')
    const results = await createAll(holding, tx, entity, creates)
    const others = operations.filter((operation) => operation.kind !== 'create')
    const done = new Map<BulkOperation, BulkResult>()
    for (const operation of inLockOrder(others))
      done.set(operation, await runOne(holding, tx, entity, operation))
    return [...results, ...others.map((operation) => done.get(operation)!)]
  }
  const store = (tx: Executor) => noted(tx, () => storeAll(tx))
  for (let attempt = 1; ; attempt++) {
    try {
      const stored =
        runner === undefined ? context.db.transaction(store) : inSavepoint(runner, () => store(runner))
      return await stored
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const problems = await problemsOfAll(context, entity, operations, runner)
      if (problems.length > 0) throw new AppError(problems, { cause: error })
      // What refused it has gone meanwhile: another call had made the record that this one upserts.
      if (attempt >= MAX_TRIES) throw error
    }
  }
}

const MAX_TRIES = 3

// Beyond this many nobody reads on, and a call that fails must not take longer than one that succeeds.
const MAX_PROBLEMS = 200

/**
 * Every operation's problems, found by trying each after the other in a transaction that is rolled back. Only after
 * the call was refused: the way of those that succeed stays short.
 */
async function problemsOfAll(
  context: RequestContext,
  entity: CompiledEntity,
  operations: readonly BulkOperation[],
  runner: Executor | undefined,
): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  const tryAll = async (tx: Executor) => {
    const holding = await holdAllKeys(context, tx, entity)
    const known = new Set<string>()
    for (const operation of operations) {
      try {
        await inSavepoint(tx, () => runOne(holding, tx, entity, operation))
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        const fresh = error.problems.filter((fault) => !known.has(`${fault.code} ${fault.path}`))
        for (const fault of fresh) known.add(`${fault.code} ${fault.path}`)
        problems.push(...fresh)
        if (problems.length >= MAX_PROBLEMS) return
      }
    }
  }
  if (runner === undefined) await inWrite(context, { isDryRun: true }, tryAll)
  else await inDroppedSavepoint(runner, () => tryAll(runner))
  return problems.slice(0, MAX_PROBLEMS)
}

/** All plain creates in one statement: an import stands or falls with that. */
async function createAll(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  operations: readonly (BulkOperation & { readonly kind: 'create' })[],
): Promise<BulkResult[]> {
  if (operations.length > 0) assertCreatable(context, entity, operations[0]!.path)
  const records = []
  for (const { body, path } of operations) records.push(await parseNew(context, entity, body, path))
  const plain = records.filter((record) => !writesElsewhere(record.values))
  if (plain.length > 0) await insertRows(context, tx, entity, plain, 'ids')
  await assignOwners(context, tx, entity, plain)
  await actOnBeginnings(context, tx, entity, plain)
  for (const record of records) {
    if (writesElsewhere(record.values)) await storeNew(context, entity, record, tx)
  }
  return records.map((record, index) => ({ op: 'create', index, status: 201, id: record.id }))
}

async function runOne(
  context: RequestContext,
  runner: Executor | undefined,
  entity: CompiledEntity,
  operation: BulkOperation,
): Promise<BulkResult> {
  const { path, index } = operation
  const done = (status: number, id: string): BulkResult => ({ op: operation.kind, index, status, id })
  switch (operation.kind) {
    case 'create': {
      assertCreatable(context, entity, path)
      const record = await parseNew(context, entity, operation.body, path)
      await storeNew(context, entity, record, runner)
      return done(201, record.id)
    }
    case 'update': {
      const id = await within(path, async () => recordId(operation.id))
      const change = await parseChange(context, entity, id, operation.body, undefined, path)
      await storeChange(context, entity, change, runner)
      return done(200, change.id)
    }
    case 'upsert': {
      const outcome = await upsertOne(context, runner, entity, operation)
      return done(outcome.isNew ? 201 : 200, outcome.id)
    }
    case 'delete': {
      return within(path, async () => {
        const id = recordId(operation.id)
        const remove = (tx: Executor) => removeRecord(context, tx, entity, id, undefined)
        await inWrite(context, runner === undefined ? {} : { runner }, remove)
        return done(200, id)
      })
    }
    case 'restore': {
      return within(path, async () => {
        await restoreRecord(context, entity.name, operation.id, runner === undefined ? {} : { runner })
        return done(200, operation.id)
      })
    }
  }
}

async function upsertOne(
  context: RequestContext,
  runner: Executor | undefined,
  entity: CompiledEntity,
  { key: name, body, path }: BulkOperation & { readonly kind: 'upsert' },
) {
  const key = uniqueField(entity, name, '/upsert/key')
  const value =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[key.name] : undefined
  if (value === undefined || value === null) {
    throw new AppError(problem('FIELD_REQUIRED', `${path}/${key.name}`))
  }
  return await upsert(context, entity, { key, value, body, path }, runner)
}

async function runEach(
  context: RequestContext,
  entity: CompiledEntity,
  operations: readonly BulkOperation[],
  runner: Executor | undefined,
): Promise<readonly BulkResult[]> {
  const results: BulkResult[] = []
  for (const operation of operations) {
    const run = () => runOne(context, runner, entity, operation)
    try {
      results.push(await (runner === undefined ? run() : inSavepoint(runner, run)))
    } catch (error) {
      if (error instanceof AppError) results.push(refusedResult(operation, error))
      // A newer model before the first write: the whole call is planned again. Later ones stand for themselves.
      else if (error instanceof ModelMovedError && results.length > 0 && runner === undefined) {
        results.push(refusedResult(operation, refuse('RECORD_BUSY', operation.path)))
      } else throw error
    }
  }
  return results
}

function refusedResult(operation: BulkOperation, error: AppError): BulkResult {
  return { op: operation.kind, index: operation.index, status: error.status, errors: error.problems }
}

/** A result as it is answered: its problems in the language of the actor. */
export function presentResult(context: RequestContext, result: BulkResult): unknown {
  if (result.errors === undefined) return result
  const { language } = context.actor
  const texts = context.words?.problems
  const errors = result.errors.map((fault) => {
    const hint = problemHint(fault, language, texts)
    return {
      code: fault.code,
      path: fault.path,
      message: problemMessage(fault, language, texts),
      ...(hint === undefined ? {} : { hint }),
      ...(fault.similar === undefined ? {} : { record: fault.similar }),
    }
  })
  return { ...result, errors }
}
