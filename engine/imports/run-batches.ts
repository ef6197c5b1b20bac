import type { Transaction } from '../db/database.ts'
import { problem } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { RequestContext } from '../records/context.ts'
import { onCurrentModel } from '../records/model-moved.ts'
import { type Checkpoint, moveCheckpoint } from './checkpoint.ts'
import { createDuplicateCheck, DryRunEnd, withoutNumbers } from './dry-run.ts'
import type { ErrorFile } from './error-file.ts'
import type { ContextSource, ImportRequest, Work } from './import-request.ts'
import { type ParsedRow, parseRow } from './parse-row.ts'
import type { Passes } from './plan-passes.ts'
import { type Batch, linkOf, readBatches, type SelfLink } from './read-batches.ts'
import type { CsvFile } from './read-csv.ts'
import type { LookupResolver } from './resolve-lookups.ts'
import { type CheckedRows, checkRows, type RejectedRow, readRows, storeRecords } from './store-batch.ts'
import { storeByKey } from './store-by-key.ts'

/** All that one run of an import works with. */
export interface Run {
  readonly source: ContextSource
  readonly request: ImportRequest
  readonly file: CsvFile
  readonly passes: Passes
  readonly errors: ErrorFile | undefined
  /** The plan of the columns under a context's model. */
  readonly work: (context: RequestContext) => Work
  readonly resolver: LookupResolver
}

/** About this many rows are the best: fewer cost round trips, more make a batch that fails dear. */
const BATCH_SIZE = 500

/** A batch whose rows were read and checked under a context. */
interface Checked {
  readonly context: RequestContext
  readonly batch: Batch
  readonly rows: CheckedRows
}

/**
 * Checks and stores the rest of a file, batch by batch. While the database stores one batch the next one is read
 * and checked, save where rows of the file point to each other.
 * @returns the checkpoint at the end
 */
export async function runBatches(
  run: Run,
  from: Checkpoint,
  onBatch: (state: Checkpoint) => void,
): Promise<Checkpoint> {
  const { file, passes, request } = run
  const store = storeOf(run)
  let context = await run.source()
  let state = from
  let storing: Promise<void> = Promise.resolve()
  const { link } = run.work(context)
  const renew = async () => {
    context = await run.source()
    return context
  }
  const storeNext = async (checked: Checked) => {
    state = await onCurrentModel(context, renew, (current) => store(current, checked, state))
    onBatch(state)
  }
  const size = request.batchSize ?? BATCH_SIZE
  try {
    for await (const batch of readBatches(file, passes, link, from.rowsDone, size)) {
      if (link !== undefined) await storing
      const checked = { context, batch, rows: await checkBatch(run, context, batch) }
      await storing
      storing = storeNext(checked)
      storing.catch(() => undefined) // told by the next await
    }
    await storing
  } finally {
    await storing.catch(() => undefined) // nothing may go on behind the back of whoever is told of the fault
  }
  return state
}

type StoreBatch = (context: RequestContext, checked: Checked, from: Checkpoint) => Promise<Checkpoint>

/** Stores batches with their checkpoint; in a dry run it only looks what would become of them. */
function storeOf(run: Run): StoreBatch {
  const { errors, passes, file } = run
  const isDryRun = run.request.isDryRun === true
  let checkDuplicates: ReturnType<typeof createDuplicateCheck> | undefined
  return async (context, checked, from) => {
    const { batch } = checked
    const { entity } = run.work(context)
    let rows = checked.context.model === context.model ? checked.rows : await checkBatch(run, context, batch)
    if (isDryRun) {
      checkDuplicates ??= createDuplicateCheck(entity)
      rows = withoutNumbers(entity, checkDuplicates(rows))
    }
    let next = from
    const write = async (tx: Transaction) => {
      const { key } = run.work(context)
      const { refused, changed } =
        key === undefined
          ? { refused: await storeRecords(context, tx, entity, rows.records), changed: 0 }
          : await storeByKey(context, tx, entity, key, rows.keyed)
      if (changed > 0) run.request.onChanged?.(changed)
      const rejected = inOrder([...rows.rejected, ...refused])
      next = {
        ...from,
        rowsDone: batch.rowsDone,
        rowsStored: from.rowsStored + rows.records.length + rows.keyed.length - refused.length,
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
  const { entity, plan, link, key } = run.work(context)
  const parsed = batch.rows.map((row) => {
    const parts = parseRow(plan, run.file.headers.length, row)
    if (run.passes.circular.has(row.index)) return circular(parts, link!)
    return run.request.isDryRun === true && link !== undefined ? withoutOwnKin(run, parts, link) : parts
  })
  const resolved = await run.resolver.resolve(context, parsed)
  const rows = adjusted(run.request, entity, resolved)
  return key === undefined ? checkRows(context, entity, rows) : readRows(rows)
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
