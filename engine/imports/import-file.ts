import { AppError, refuse } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { entityFor, type RequestContext } from '../records/context.ts'
import { isWritable } from '../records/parse-write.ts'
import { assertCreatable } from '../records/touch.ts'
import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import { createErrorFile, type ErrorFile, errorFileOf } from './error-file.ts'
import type { ContextSource, ImportProgress, ImportRequest, Work } from './import-request.ts'
import { type ColumnsPlan, mappingKey, planColumns } from './plan-columns.ts'
import { passesOf, selfLinkOf } from './read-batches.ts'
import { type CsvFile, inspectCsv } from './read-csv.ts'
import { createLookupResolver } from './resolve-lookups.ts'
import { runBatches } from './run-batches.ts'
import { keyOf } from './store-by-key.ts'

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

/**
 * Imports a CSV file into an entity: each row passes what a create through the API passes, or with `by` an upsert; batches and their
 * checkpoint commit together, so that a run that was cut off is taken up by the next one where it stopped.
 * @throws AppError when the file or the mapping is at fault; faults of rows go to the error file
 */
export async function importFile(
  asked: ContextSource,
  request: ImportRequest,
  onProgress: (progress: ImportProgress) => void = () => undefined,
): Promise<ImportOutcome> {
  const source = request.acceptsDuplicates === true ? accepting(asked) : asked
  const context = await source()
  const wanted = entityFor(context, request.entity)
  assertCreatable(context, wanted, '')
  if (!context.access.entity(wanted.name).import) throw refuse('AUTH_DENIED')
  const file = request.opened ?? (await inspectCsv(request.file, request))
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

function accepting(source: ContextSource): ContextSource {
  return async () => {
    const context = await source()
    return { ...context, duplicates: { ...context.duplicates, isAccepted: true } }
  }
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
      mayChange: request.by !== undefined,
      readCell: request.readCell,
    })
    if (problems.length > 0) throw new AppError(problems)
    const key = keyOf(entity, plan, request.by)
    const work = { entity, plan, key, link: selfLinkOf(plan, entity.name) }
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
  const key = {
    entityId: entity.id,
    digest: file.digest,
    mapping: { ...mappingKey(plan), ...(request.by === undefined ? {} : { by: request.by }) },
  }
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
