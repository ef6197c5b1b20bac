import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { copyFile, mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type LocalText, refuse } from '../errors.ts'
import { isRecordId } from '../fields/parts/formats.ts'
import { MAX_FILE_BYTES, tooLarge } from '../files/file-store.ts'
import { type CsvFile, inspectCsv, readRows } from './read-csv.ts'
import { convertWorkbook } from './read-workbook.ts'

/** Rows of one uploaded file: as many as are taken back in one go. Larger files are imported from the shell. */
export const MOST_ROWS = 20_000
/** An upload is kept as long as its import can be taken back, milliseconds. */
const KEPT_MS = 24 * 3_600_000
/** Rows of which the values are looked at and shown. */
const SAMPLED = 20

/** A file that somebody uploaded to import it, as CSV. */
export interface Upload {
  readonly id: string
  /** Whose it is, and to which entity it goes: nobody else gets to it. */
  readonly actor: string
  readonly entity: string
  readonly name: string
  /** The sheet of a workbook that is imported. */
  readonly sheet: string | undefined
  /** The numbers of the rows in their sheet, where they are not those of the lines. */
  readonly numbers: readonly number[] | undefined
  readonly samples: readonly (readonly string[])[]
  readonly file: CsvFile
}

interface Receipt {
  readonly actor: string
  readonly entity: string
  readonly name: string
}

/**
 * Keeps uploads beside the database for a day. What is a workbook is turned into CSV by a thread with limits of time and
 * memory; what is CSV is read as a stream.
 * @param folder of this workspace
 */
export function createUploads(folder: string) {
  const placeOf = (id: string, kind: 'raw' | 'csv' | 'json'): string => join(folder, `${id}.${kind}`)
  return {
    /** @throws AppError FILE_TOO_LARGE */
    async receive(content: Readable): Promise<string> {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await sweep(folder)
      const id = randomUUID()
      try {
        await pipeline(content, measured(), createWriteStream(placeOf(id, 'raw'), { mode: 0o600 }))
        return id
      } catch (error) {
        await rm(placeOf(id, 'raw'), { force: true })
        throw error
      }
    },
    async discard(id: string): Promise<void> {
      for (const kind of ['raw', 'csv', 'json'] as const) await rm(placeOf(id, kind), { force: true })
    },
    /** @throws AppError IMPORT_FILE_UNREADABLE, IMPORT_FILE_EMPTY, IMPORT_ENCODING_UNKNOWN, IMPORT_TOO_LONG */
    async open(id: string, receipt: Receipt): Promise<Upload> {
      const [raw, csv] = [placeOf(id, 'raw'), placeOf(id, 'csv')]
      const start = await beginningOf(raw)
      if (start.startsWith('d0cf11e0')) throw unreadable('old')
      const isWorkbook = start.startsWith('504b0304')
      const read = isWorkbook ? await convertWorkbook(raw, csv, MOST_ROWS, unreadable) : undefined
      if (read === undefined) await copyFile(raw, csv)
      await rm(raw, { force: true })
      const found = await inspectCsv(csv, isWorkbook ? { encoding: 'utf-8', delimiter: ',' } : {})
      if (found.rowCount > MOST_ROWS) throw tooLong()
      const samples: (readonly string[])[] = []
      for await (const { cells } of readRows(found)) {
        samples.push(cells)
        if (samples.length === SAMPLED) break
      }
      // Each upload is an import of its own: what came in by an earlier one may have been taken back.
      const digest = createHash('sha256').update(id).digest()
      const file = { ...found, digest, headers: distinct(found.headers) }
      const upload: Upload = { id, ...receipt, sheet: read?.sheet, numbers: read?.numbers, samples, file }
      await writeFile(
        placeOf(id, 'json'),
        JSON.stringify({ ...upload, file: { ...file, digest: undefined } }),
        {
          mode: 0o600,
        },
      )
      return upload
    },
    /** @throws AppError IMPORT_UNKNOWN for one that is gone, somebody else's or for another entity */
    async find(id: string, actor: string, entity: string): Promise<Upload> {
      const text = isRecordId(id) ? await readFile(placeOf(id, 'json'), 'utf8').catch(missing) : undefined
      if (text === undefined) throw refuse('IMPORT_UNKNOWN')
      const kept = JSON.parse(text) as Upload
      if (kept.actor !== actor || kept.entity !== entity) throw refuse('IMPORT_UNKNOWN')
      const digest = createHash('sha256').update(id).digest()
      return { ...kept, file: { ...kept.file, path: placeOf(id, 'csv'), digest } }
    },
  }
}

export type Uploads = ReturnType<typeof createUploads>

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
  return undefined
}

function measured(): Transform {
  let size = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      if (size > MAX_FILE_BYTES) return done(tooLarge())
      done(null, chunk)
    },
  })
}

/** The first bytes of a file, hex: they tell what it is, whatever it is called. */
async function beginningOf(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.subarray(0, bytesRead).toString('hex')
  } finally {
    await file.close()
  }
}

/** Columns go by their headers, so each needs one of its own. */
function distinct(headers: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return headers.map((header, index) => {
    const wanted = header === '' ? `#${index + 1}` : header
    let name = wanted
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${wanted} (${count})`
    taken.add(name.toLowerCase())
    return name
  })
}

/** Removes what has lain there for a day. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const found = await stat(path).catch(missing)
    if (found !== undefined && Date.now() - found.mtimeMs > KEPT_MS) await rm(path, { force: true })
  }
}

const REASONS = {
  broken: {
    en: 'it is not a whole workbook (.xlsx) and not CSV',
    'zh-CN': '文件不是完整的工作簿（.xlsx）或 CSV',
  },
  locked: { en: 'it is protected by a password', 'zh-CN': '文件有密码保护' },
  old: {
    en: 'it is a workbook of before 2007 or one with a password; save it as .xlsx without one',
    'zh-CN': '文件是 2007 年以前的旧格式或设有密码，请另存为不带密码的 .xlsx',
  },
  wide: { en: 'it has more than 500 columns', 'zh-CN': '列数超过 500' },
  large: { en: 'a sheet is too large', 'zh-CN': '工作表过大' },
  slow: { en: 'it takes too long or too much memory', 'zh-CN': '读取耗时过长或占用内存过多' },
} as const

function unreadable(why: string) {
  if (why === 'long') return tooLong()
  const reason = (REASONS as Readonly<Record<string, LocalText>>)[why] ?? REASONS.broken
  return refuse('IMPORT_FILE_UNREADABLE', '/file', { params: { reason } })
}

function tooLong() {
  return refuse('IMPORT_TOO_LONG', '/file', { params: { limit: MOST_ROWS } })
}
