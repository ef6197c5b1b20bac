import { accessSync, constants, createReadStream, existsSync } from 'node:fs'
import { type FileHandle, open, rename, truncate } from 'node:fs/promises'
import { dirname, join, parse as parsePath } from 'node:path'
import { parse } from 'csv-parse'
import { stringify } from 'csv-stringify/sync'
import { type Language, type Problem, problemHint, problemMessage, refuse } from '../errors.ts'
import { type ColumnsPlan, ERROR_COLUMNS } from './plan-columns.ts'
import type { RejectedRow } from './store-batch.ts'

/** The rows that were refused, as they came, with the reasons: mended, the file can be imported itself. */
export interface ErrorFile {
  readonly path: string
  /** Writes rows and waits until they are on disk. */
  append(rows: readonly RejectedRow[]): Promise<void>
  close(): Promise<void>
}

export interface ErrorFileOptions {
  readonly path: string
  readonly headers: readonly string[]
  readonly plan: ColumnsPlan
  readonly language: Language
  /** Whether a file of that name is of no worth: a dry run's. */
  readonly replace: boolean
  /** Rows of an import that was cut off which are already in it; what stands behind them is cut away. */
  readonly keep: number
}

// Spreadsheets take a file for UTF-8 only with it.
const BYTE_ORDER_MARK = '\ufeff'

/**
 * The name of the error file of a file: deals.csv → deals.errors.csv → deals.errors-2.csv; of a dry run
 * deals.dry-run.csv.
 */
export function errorFileOf(path: string, isDryRun = false): string {
  const { dir, name } = parsePath(path)
  if (isDryRun) return join(dir, `${name}.dry-run.csv`)
  const mended = /^(.*)\.errors(?:-(\d+))?$/su.exec(name)
  const next = mended === null ? `${name}.errors` : `${mended[1]}.errors-${Number(mended[2] ?? 1) + 1}`
  return join(dir, `${next}.csv`)
}

/**
 * Opens an error file; it comes into being with its first row. A stranger's file of that name is kept aside.
 * @throws AppError IMPORT_ERRORS_UNWRITABLE at once, and not with the first refused row of a long import
 */
export function createErrorFile(options: ErrorFileOptions): ErrorFile {
  const { path, headers, plan, language } = options
  assertWritable(dirname(path))
  const shown = headers.flatMap((header, index) => (isReason(header) ? [] : [index]))
  let handle: FileHandle | undefined

  async function begin(): Promise<FileHandle> {
    if (options.keep > 0 && existsSync(path)) {
      await truncate(path, await bytesOfRows(path, options.keep + 1))
      return await open(path, 'a')
    }
    if (!options.replace && existsSync(path)) await rename(path, freeName(path))
    const file = await open(path, 'w')
    const names = [...shown.map((index) => headers[index]!), ...ERROR_COLUMNS]
    await file.write(BYTE_ORDER_MARK + stringify([names]))
    return file
  }

  return {
    path,
    async append(rows) {
      if (rows.length === 0) return
      handle ??= await begin()
      await handle.write(
        stringify(
          rows.map(({ row, problems }) => [
            ...shown.map((index) => row.cells[index] ?? ''),
            problems.map((fault) => fault.code).join(' '),
            problems.map((fault) => reasonOf(fault, plan, headers, language)).join(' '),
            // What is too much stays at the end, where it puts nothing out of its column.
            ...row.cells.slice(headers.length),
          ]),
        ),
      )
      await handle.sync()
    },
    async close() {
      await handle?.close()
    },
  }
}

function assertWritable(folder: string): void {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch (fault) {
    throw refuse('IMPORT_ERRORS_UNWRITABLE', '/errors', {
      params: { folder, reason: (fault as Error).message },
    })
  }
}

function isReason(header: string): boolean {
  return (ERROR_COLUMNS as readonly string[]).includes(header)
}

/** One problem in a person's words: the column, what is wrong, what to do. */
export function reasonOf(
  fault: Problem,
  plan: ColumnsPlan,
  headers: readonly string[],
  language: Language,
): string {
  const name = fault.path.split('/')[1] ?? ''
  const column = plan.columns.find(({ field }) => field.name === name)
  const place = column === undefined ? name : headers[column.index]!
  const colon = language === 'zh-CN' ? '：' : ': '
  const hint = problemHint(fault, language)
  const gap = language === 'zh-CN' ? '' : ' '
  return `${place === '' ? '' : place + colon}${problemMessage(fault, language)}${hint === undefined ? '' : gap + hint}`
}

/** The bytes that the first rows of a file take, the byte order mark included. */
async function bytesOfRows(path: string, count: number): Promise<number> {
  let rows = 0
  let bytes = 0
  const records = createReadStream(path).pipe(parse({ bom: true, info: true, relax_column_count: true }))
  for await (const { info } of records as AsyncIterable<{ info: { bytes: number } }>) {
    rows += 1
    bytes = info.bytes
    if (rows === count) break
  }
  return bytes
}

/** A name beside the file that is not taken: deals.errors.csv → deals.errors.before-1.csv. */
function freeName(path: string): string {
  const { dir, name } = parsePath(path)
  for (let number = 1; ; number += 1) {
    const free = join(dir, `${name}.before-${number}.csv`)
    if (!existsSync(free)) return free
  }
}
