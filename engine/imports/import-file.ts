import type { Transaction } from '../db/database.ts'
import { AppError, problem } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { entityFor, type RequestContext } from '../records/context.ts'
import { onCurrentModel } from '../records/model-moved.ts'
import { isWritable } from '../records/parse-write.ts'
import { assertCreatable } from '../records/touch.ts'
import { type Checkpoint, moveCheckpoint, openCheckpoint } from './checkpoint.ts'
import { createDuplicateCheck, DryRunEnd, withoutNumbers } from './dry-run.ts'
import { createErrorFile, type ErrorFile, errorFileOf } from './error-file.ts'
import type { MapRule, ValueRule } from './parse-map.ts'
import { type ParsedRow, parseRow } from './parse-row.ts'
import { type ColumnsPlan, mappingKey, planColumns } from './plan-columns.ts'
import type { Passes } from './plan-passes.ts'
import { type Batch, linkOf, passesOf, readBatches, type SelfLink, selfLinkOf } from './read-batches.ts'
import { type CsvFile, type CsvOptions, inspectCsv } from './read-csv.ts'
import { createLookupResolver, type LookupResolver } from './resolve-lookups.ts'
import { type CheckedRows, checkRows, type RejectedRow, storeRecords } from './store-batch.ts'

/** What is to be imported, and how. */
export interface ImportRequest extends CsvOptions {
  readonly entity: string
  readonly file: string
  readonly maps: readonly MapRule[]
  readonly values: readonly ValueRule[]
  /** Where refused rows go; beside the file when absent, nowhere when null. */
  readonly errorFile?: string | null
  /** Checks all and stores nothing. */
  readonly isDryRun?: boolean
  /** Imports all rows once more, also those that an earlier run stored. */
  readonly again?: boolean
  /** Rows a transaction, 500 when absent. */
  readonly batchSize?: number
  /** Told of refused rows as they come. */
  readonly onRejected?: (rows: readonly RejectedRow[]) => void
  /** Changes a value before it is checked. */
  readonly adjust?: (field: CompiledField, value: unknown) => unknown
}

export interface ImportProgress {
  /** Rows of the file that are over, and how many it has. */
  readonly done: number
  readonly total: number
  readonly stored: number
  readonly rejected: number
}

export interface ImportOutcome extends ImportProgress {
  /** Rows that an earlier run had done. */
  readonly before: number
  /** Whether an earlier run had done all: nothing was left to do. */
  readonly wasFinished: boolean
  /** Where the refused rows are; undefined when there are none. */
  readonly errorFile: string | undefined
  /** Headers of columns that went nowhere. */
  readonly left: readonly string[]
}

/** What an import stands on: a context on the model in force now. */
export type ContextSource = () => Promise<RequestContext>

/** About this many rows are the best: fewer cost round trips, more make a batch that fails dear. */
const BATCH_SIZE = 500

/**
 * Imports a CSV file into an entity: each row passes what a create through the API passes, batches and their
 * checkpoint commit together, so that a run that was cut off is taken up by the next one where it stopped.
 * @throws AppError when the file or the mapping is at fault; faults of rows go to the error file
 */
export async function importFile(
  source: ContextSource,
  request: ImportRequest,
  onProgress: (progress: ImportProgress) => void = () => undefined,
): Promise<ImportOutcome> {
  const context = await source()
  assertCreatable(context, entityFor(context, request.entity), '')
  const file = await inspectCsv(request.file, request)
  const work = createPlanner(request, file)
  const { plan, entity, link } = work(context)
  const passes = await passesOf(file, link)
  const checkpoint = await checkpointOf(context, request, entity, file, plan)
  const outcome = (state: Checkpoint): ImportOutcome => ({
    done: Math.min(state.rowsDone, file.rowCount),
    total: file.rowCount,
    stored: state.rowsStored,
    rejected: state.rowsRejected,
    before: checkpoint.isFinished ? file.rowCount : Math.min(checkpoint.rowsDone, file.rowCount),
    wasFinished: checkpoint.isFinished,
    errorFile: state.rowsRejected > 0 ? errorPath(request) : undefined,
    left: plan.left,
  })
  if (checkpoint.isFinished) return outcome(checkpoint)
  const errors = openErrors(request, context, file, plan, checkpoint.rowsRejected)
  const run = { source, request, file, passes, errors, work, resolver: createLookupResolver() }
  try {
    const end = await runBatches(run, checkpoint, (state) => onProgress(outcome(state)))
    return outcome(end)
  } finally {
    await errors?.close()
  }
}

interface Work {
  readonly entity: CompiledEntity
  readonly plan: ColumnsPlan
  readonly link: SelfLink | undefined
}

/** The plan of the columns under a context's model; a publish in the middle of an import makes a new one. */
function createPlanner(request: ImportRequest, file: CsvFile): (context: RequestContext) => Work {
  const known = new WeakMap<object, Work>()
  return (context) => {
    const found = known.get(context.model)
    if (found !== undefined) return found
    const entity = entityFor(context, request.entity)
    const { plan, problems } = planColumns({
      model: context.model,
      entity,
      headers: file.headers,
      maps: request.maps,
      values: request.values,
      isWritable: (field) => isWritable(context, field),
    })
    if (problems.length > 0) throw new AppError(problems)
    const work = { entity, plan, link: selfLinkOf(plan, entity.name) }
    known.set(context.model, work)
    return work
  }
}

async function checkpointOf(
  { db, model }: RequestContext,
  request: ImportRequest,
  entity: CompiledEntity,
  file: CsvFile,
  plan: ColumnsPlan,
): Promise<Checkpoint> {
  const start = { id: '', rowsDone: 0, rowsStored: 0, rowsRejected: 0, isFinished: false }
  if (request.isDryRun === true) return start
  const key = { entityId: entity.id, digest: file.digest, mapping: mappingKey(plan) }
  return await openCheckpoint(db, model.schema, key, request.again === true)
}

function errorPath(request: ImportRequest): string | undefined {
  if (request.errorFile === null) return undefined
  return request.errorFile ?? errorFileOf(request.file, request.isDryRun)
}

function openErrors(
  request: ImportRequest,
  { actor }: RequestContext,
  { headers }: CsvFile,
  plan: ColumnsPlan,
  keep: number,
): ErrorFile | undefined {
  const path = errorPath(request)
  if (path === undefined) return undefined
  const replace = request.isDryRun === true
  return createErrorFile({ path, headers, plan, language: actor.language, keep, replace })
}

interface Run {
  readonly source: ContextSource
  readonly request: ImportRequest
  readonly file: CsvFile
  readonly passes: Passes
  readonly errors: ErrorFile | undefined
  readonly work: (context: RequestContext) => Work
  readonly resolver: LookupResolver
}

async function runBatches(
  run: Run,
  from: Checkpoint,
  onBatch: (state: Checkpoint) => void,
): Promise<Checkpoint> {
  const { file, passes, request } = run
  let context = await run.source()
  let state = from
  const store = storeOf(run)
  const { link } = run.work(context)
  const renew = async () => {
    context = await run.source()
    return context
  }
  for await (const batch of readBatches(file, passes, link, from.rowsDone, request.batchSize ?? BATCH_SIZE)) {
    state = await onCurrentModel(context, renew, (current) => store(current, batch, state))
    onBatch(state)
  }
  return state
}

type StoreBatch = (context: RequestContext, batch: Batch, from: Checkpoint) => Promise<Checkpoint>

/** Stores batches with their checkpoint; in a dry run it only looks what would become of them. */
function storeOf(run: Run): StoreBatch {
  const { errors, passes, file } = run
  const isDryRun = run.request.isDryRun === true
  let checkDuplicates: ReturnType<typeof createDuplicateCheck> | undefined
  return async (context, batch, from) => {
    const { entity } = run.work(context)
    let checked = await checkBatch(run, context, batch)
    if (isDryRun) {
      checkDuplicates ??= createDuplicateCheck(entity)
      checked = withoutNumbers(entity, checkDuplicates(checked))
    }
    let next = from
    const write = async (tx: Transaction) => {
      const refused = await storeRecords(context, tx, entity, checked.records)
      const rejected = inOrder([...checked.rejected, ...refused])
      next = {
        ...from,
        rowsDone: batch.rowsDone,
        rowsStored: from.rowsStored + checked.records.length - refused.length,
        rowsRejected: from.rowsRejected + rejected.length,
        isFinished: batch.rowsDone >= passes.count * file.rowCount,
      }
      // Before the commit: what a crash leaves of it is cut away by the run that goes on.
      await errors?.append(rejected)
      if (rejected.length > 0) run.request.onRejected?.(rejected)
      if (isDryRun) throw new DryRunEnd()
      await moveCheckpoint(tx, context.model.schema, from, next)
    }
    await context.db.transaction(write).catch((error: unknown) => {
      if (!(error instanceof DryRunEnd)) throw error
    })
    run.resolver.forget(entity.name)
    return next
  }
}

async function checkBatch(run: Run, context: RequestContext, batch: Batch): Promise<CheckedRows> {
  const { entity, plan, link } = run.work(context)
  const parsed = batch.rows.map((row) => {
    const parts = parseRow(plan, run.file.headers.length, row)
    if (run.passes.circular.has(row.index)) return circular(parts, link!)
    return run.request.isDryRun === true && link !== undefined ? withoutOwnKin(run, parts, link) : parts
  })
  const resolved = await run.resolver.resolve(context, parsed)
  return checkRows(context, entity, adjusted(run.request, entity, resolved))
}

function circular(parts: ParsedRow, { parent }: SelfLink): ParsedRow {
  const fault = problem('IMPORT_LOOKUP_CIRCULAR', `/${parent.field.name}`)
  return { ...parts, names: [], problems: [...parts.problems, fault] }
}

/** A dry run stores no row, so one that another row of the file names is not there to be found. */
function withoutOwnKin(run: Run, parts: ParsedRow, link: SelfLink): ParsedRow {
  if (!run.passes.named.has(linkOf(link, parts.row).parent)) return parts
  return { ...parts, names: parts.names.filter(({ column }) => column !== link.parent) }
}

function adjusted(
  request: ImportRequest,
  entity: CompiledEntity,
  rows: readonly ParsedRow[],
): readonly ParsedRow[] {
  const { adjust } = request
  if (adjust === undefined) return rows
  return rows.map((row) => {
    const entries = Object.entries(row.body)
    return {
      ...row,
      body: Object.fromEntries(
        entries.map(([name, value]) => [name, adjust(entity.fields.get(name)!, value)]),
      ),
    }
  })
}

function inOrder(rejected: readonly RejectedRow[]): readonly RejectedRow[] {
  return [...rejected].sort((left, right) => left.row.index - right.row.index)
}
