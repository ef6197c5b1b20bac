import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { refuse } from '../errors.ts'
import { createEncodingTest, detectDelimiter, type Encoding, encodingOfMark } from './detect.ts'

/** What a file turned out to be, before its first row is used. */
export interface CsvFile {
  readonly path: string
  readonly encoding: Encoding
  readonly delimiter: string
  /** The cells of the first row, trimmed. */
  readonly headers: readonly string[]
  /** SHA-256 of the bytes: the same content is the same import. */
  readonly digest: Buffer
  /** Rows after the header. */
  readonly rowCount: number
}

/** One row after the header. */
export interface CsvRow {
  /** Counted from 0, the header left out. */
  readonly index: number
  /** The line of the file on which the row begins, counted from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

export interface CsvOptions {
  /** An encoding that a person named; without it the file is asked. */
  readonly encoding?: Encoding
  readonly delimiter?: string
}

const SAMPLE_BYTES = 64 * 1024
const CHUNK_BYTES = 256 * 1024
/** Past this a quote was most likely never closed; it also bounds the memory of one row. */
const MAX_ROW_CHARACTERS = 10 * 1024 * 1024

/**
 * Looks through a file once: encoding, separator, header, digest, number of rows. Memory stays flat.
 * @throws AppError IMPORT_FILE_UNREADABLE, IMPORT_FILE_EMPTY, IMPORT_ENCODING_UNKNOWN
 */
export async function inspectCsv(path: string, options: CsvOptions = {}): Promise<CsvFile> {
  const { digest, encoding } = await readOnce(path, options.encoding)
  const delimiter = options.delimiter ?? detectDelimiter(await sampleOf(path, encoding))
  let headers: readonly string[] | undefined
  let rowCount = 0
  for await (const record of records({ path, encoding, delimiter })) {
    if (headers === undefined) headers = record.cells.map((cell) => cell.trim())
    else rowCount += 1
  }
  if (headers === undefined || headers.every((header) => header === '')) throw refuse('IMPORT_FILE_EMPTY')
  return { path, encoding, delimiter, headers, digest, rowCount }
}

/**
 * The rows of a file one after the other, read as they are asked for.
 * @throws AppError IMPORT_FILE_UNREADABLE naming the line where the file stops being CSV
 */
export async function* readRows(
  file: Pick<CsvFile, 'path' | 'encoding' | 'delimiter'>,
): AsyncGenerator<CsvRow> {
  let index = -1
  for await (const record of records(file)) {
    if (index >= 0) yield { index, line: record.line, cells: record.cells }
    index += 1
  }
}

interface CsvRecord {
  readonly line: number
  readonly cells: readonly string[]
}

async function* records({ path, encoding, delimiter }: Pick<CsvFile, 'path' | 'encoding' | 'delimiter'>) {
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    // What spreadsheets accept: a quote inside an unquoted cell stands for itself.
    relax_quotes: true,
    max_record_size: MAX_ROW_CHARACTERS,
  })
  // The iteration below reports a fault of either side.
  pipeline(textOf(path, encoding), parser, () => undefined)
  let line = 1
  let width = 0
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[]
      info: { lines: number }
    }>) {
      // A blank line is no row, save in a file of one column, where it is an empty cell.
      const isBlank = record.length === 1 && record[0] === '' && width !== 1
      if (!isBlank) {
        if (width === 0) width = record.length
        yield { line, cells: record } satisfies CsvRecord
      }
      line = info.lines + 1
    }
  } catch (fault) {
    throw unreadable(path, fault, line)
  }
}

function textOf(path: string, encoding: Encoding): Readable {
  const bytes = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  return encoding === 'utf-8' ? bytes : Readable.from(decoded(bytes, encoding))
}

async function* decoded(bytes: Readable, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of bytes) {
    const text = decoder.decode(chunk as Uint8Array, { stream: true })
    if (text !== '') yield text
  }
  yield decoder.decode()
}

async function readOnce(
  path: string,
  named: Encoding | undefined,
): Promise<{ digest: Buffer; encoding: Encoding }> {
  if (named !== undefined) assertKnown(named)
  const hash = createHash('sha256')
  const test = createEncodingTest()
  let marked: Encoding | undefined
  let isFirst = true
  try {
    for await (const chunk of createReadStream(path, {
      highWaterMark: CHUNK_BYTES,
    }) as AsyncIterable<Buffer>) {
      if (isFirst) marked = encodingOfMark(chunk)
      isFirst = false
      hash.update(chunk)
      if (named === undefined && marked === undefined) test.add(chunk)
    }
  } catch (fault) {
    throw unreadable(path, fault, 1)
  }
  const encoding = named ?? marked ?? test.end()
  if (encoding === undefined) throw refuse('IMPORT_ENCODING_UNKNOWN')
  return { digest: hash.digest(), encoding }
}

function assertKnown(encoding: Encoding): void {
  try {
    new TextDecoder(encoding)
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault
    const reason = { en: `there is no encoding “${encoding}”`, 'zh-CN': `没有名为“${encoding}”的编码` }
    throw refuse('IMPORT_FILE_UNREADABLE', '/encoding', { params: { reason } })
  }
}

async function sampleOf(path: string, encoding: Encoding): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0)
    return new TextDecoder(encoding).decode(buffer.subarray(0, bytesRead), { stream: true })
  } finally {
    await file.close()
  }
}

function unreadable(path: string, fault: unknown, line: number): unknown {
  if (fault instanceof CsvError) {
    return refuse('IMPORT_FILE_UNREADABLE', '/file', {
      params: { reason: REASONS[fault.code]?.(line) ?? fault.message },
    })
  }
  const code = (fault as NodeJS.ErrnoException).code
  const reason = code === undefined ? undefined : FILE_REASONS[code]
  return reason === undefined
    ? fault
    : refuse('IMPORT_FILE_UNREADABLE', '/file', { params: { reason: reason(path) } })
}

type Reason<T> = (value: T) => { readonly en: string; readonly 'zh-CN': string }

const unclosed: Reason<number> = (line) => ({
  en: `a quote that opens on line ${line} is never closed`,
  'zh-CN': `第 ${line} 行的引号没有闭合`,
})
const REASONS: Readonly<Record<string, Reason<number>>> = {
  CSV_QUOTE_NOT_CLOSED: unclosed,
  CSV_MAX_RECORD_SIZE: unclosed,
}
const FILE_REASONS: Readonly<Record<string, Reason<string>>> = {
  ENOENT: (path) => ({ en: `there is no file ${path}`, 'zh-CN': `没有文件 ${path}` }),
  EISDIR: (path) => ({ en: `${path} is a folder`, 'zh-CN': `${path} 是文件夹` }),
  EACCES: (path) => ({ en: `${path} may not be read`, 'zh-CN': `无权读取 ${path}` }),
}
