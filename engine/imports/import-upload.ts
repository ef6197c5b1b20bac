import { AppError, type Problem } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { instantIn } from '../model/flow-schedule.ts'
import type { RequestContext } from '../records/context.ts'
import { isWritable } from '../records/parse-write.ts'
import { beginJournal, countAct, NOTHING_DONE } from '../records/undo-journal.ts'
import { readCheckpoint } from './checkpoint.ts'
import { importFile } from './import-file.ts'
import type { ContextSource } from './import-request.ts'
import type { Upload } from './open-upload.ts'
import type { MapRule } from './parse-map.ts'
import type { RejectedRow } from './store-batch.ts'

/** How an upload is to be imported. */
export interface UploadChoice {
  /** For each column its field, `field:by` for a lookup by another field than the title, '' where it is left out. */
  readonly columns: readonly string[]
  readonly key: string | undefined
  readonly acceptsDuplicates: boolean
}

/** A row that is not imported, and why. */
export interface RefusedRow {
  /** Its number in the sheet or file. */
  readonly row: number
  readonly problems: readonly (Problem & { readonly column: number | undefined })[]
}

export interface UploadOutcome {
  readonly rows: number
  readonly created: number
  readonly changed: number
  readonly refused: number
  /** How many of the refused ones are there already. */
  readonly duplicates: number
  /** The first refused rows. */
  readonly problems: readonly RefusedRow[]
  /** By which it is taken back; none where nothing was stored. */
  readonly undo: string | undefined
}

/** Refused rows that are told: nobody reads on, and the file says the rest once these are mended. */
const MOST_TOLD = 200
const DUPLICATE_CODES: ReadonlySet<string> = new Set([
  'DUPLICATE_WARNED',
  'DUPLICATE_BLOCKED',
  'RECORD_DUPLICATE',
])

/** System records that come into being in ways of their own: people are invited, files uploaded. */
const NEVER_IMPORTED: ReadonlySet<string> = new Set([
  ...['user', 'team', 'comment', 'file', 'notification', 'job', 'audit_entry'],
])

/** Whether an actor may make records of an entity from a file. */
export function mayImport({ access }: Pick<RequestContext, 'access'>, { name }: CompiledEntity): boolean {
  const rights = access.entity(name)
  return rights.import && rights.create && !NEVER_IMPORTED.has(name)
}

/** Whether a field can be filled from a file by who asks. */
export function takesCells(
  context: RequestContext,
  entity: CompiledEntity,
): (field: CompiledField) => boolean {
  const { cell } = context.access.entity(entity.name)
  return (field) =>
    isWritable(context, field) &&
    field.relation?.kind !== 'children' &&
    (cell(field).isCreatable || cell(field).edit !== 'none')
}

/**
 * Imports an upload as one act that is taken back as a whole; again with the same upload it goes on where it was cut off and
 * stores no row twice.
 * @param source contexts of who asks, whose request is the upload: all that it writes is known by that
 * @throws AppError with the problems of the columns
 */
export async function importUpload(
  source: ContextSource,
  upload: Upload,
  choice: UploadChoice,
  isDryRun: boolean,
): Promise<UploadOutcome> {
  const context = await source()
  const entity = context.model.entities.get(upload.entity)!
  const refused: RejectedRow[] = []
  let duplicates = 0
  let changed = 0
  const request = {
    ...{ entity: entity.name, file: upload.file.path, opened: upload.file, values: [], isDryRun },
    ...{ errorFile: null, by: choice.key, acceptsDuplicates: choice.acceptsDuplicates },
    maps: mapsOf(upload, choice),
    readCell: wallClock(context.model.settings.timeZone),
    onChanged: (rows: number) => {
      changed += rows
    },
    onRejected: (rows: readonly RejectedRow[]) => {
      duplicates += rows.filter(({ problems }) =>
        problems.every(({ code }) => DUPLICATE_CODES.has(code)),
      ).length
      refused.push(...rows.slice(0, MOST_TOLD - refused.length))
    },
  }
  const journal = isDryRun ? undefined : await beginJournal(context, context.db, entity)
  const counts = async () =>
    journal === undefined ? NOTHING_DONE : await countAct(context, entity, journal.id)
  try {
    const outcome = await importFile(source, request).catch((error: unknown) => {
      throw inWords(error)
    })
    const done = await counts()
    return {
      rows: upload.file.rowCount,
      created: isDryRun ? outcome.stored - changed : done.created,
      changed: isDryRun ? changed : done.changed,
      refused: outcome.rejected,
      duplicates,
      problems: refused.map((row) => told(upload, choice, row)),
      undo: done.created + done.changed > 0 ? journal?.id : undefined,
    }
  } finally {
    // Also where it was cut off: what it had stored by then can be taken back.
    await journal?.end(await counts())
  }
}

/** How far the import of an upload has come, of its rows. */
export async function uploadProgress(
  { db, model }: RequestContext,
  { entity: name, file }: Upload,
): Promise<{ readonly done: number; readonly total: number; readonly finished: boolean }> {
  const found = await readCheckpoint(db, model.schema, model.entities.get(name)!.id, file.digest)
  const done = Math.min(found?.rowsDone ?? 0, file.rowCount)
  return { done, total: file.rowCount, finished: found?.isFinished === true }
}

function mapsOf({ file }: Upload, { columns }: UploadChoice): readonly MapRule[] {
  return file.headers.map((column, index) => {
    const [field = '', by] = (columns[index] ?? '').split(':')
    return { column, field: field === '' ? undefined : field, by }
  })
}

const CLOCK = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]+(\d{1,2}):(\d\d)(?::(\d\d))?)?$/

/** Spreadsheets know no time zones: what a clock shows is meant in the workspace's. */
function wallClock(timeZone: string): (field: CompiledField, cell: string) => string {
  return (field, cell) => {
    const match = field.type.name === 'date_time' ? CLOCK.exec(cell.trim()) : null
    if (match === null) return cell
    const [year, month, day, hour = '0', minute = '00', second = '00'] = match.slice(1)
    const two = (part: string | undefined) => String(part).padStart(2, '0')
    const at = instantIn(`${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}`, timeZone)
    return at?.toISOString() ?? cell
  }
}

/** Problems of the columns as a page says them: there is no --map here. */
function inWords(error: unknown): unknown {
  if (!(error instanceof AppError) || !error.problems.some(({ path }) => path === '/map')) return error
  const problems = error.problems.map((fault) =>
    fault.path === '/map' ? { ...fault, path: '/columns', hint: fault.hint ?? MATCH_IT } : fault,
  )
  return new AppError(problems)
}

const MATCH_IT = { en: 'Match a column to it.', 'zh-CN': '请为其指定对应的列。' }

function told(upload: Upload, { columns }: UploadChoice, { row, problems }: RejectedRow): RefusedRow {
  const columnOf = ({ path }: Problem): number | undefined => {
    const name = path.split('/')[1]
    const index = columns.findIndex((column) => column.split(':')[0] === name)
    return index < 0 ? undefined : index
  }
  return {
    row: upload.numbers?.[row.index] ?? row.line,
    problems: problems.map((fault) => ({ ...fault, column: columnOf(fault) })),
  }
}
