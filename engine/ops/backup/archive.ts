import { createReadStream, createWriteStream } from 'node:fs'
import { chown, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { extract, type Pack, pack } from 'tar-stream'
import type { Account } from '../../db/embedded/account.ts'
import type { BackupSink } from '../../db/embedded/base-backup.ts'
import { createMeter, type Metered } from './meter.ts'

/** An archive that is being written: a sink for the files, and its end. */
export interface ArchiveWriter extends BackupSink {
  /** Bytes of contents so far. */
  readonly contents: number
  /** Closes it; it is on the disk then. */
  end(): Promise<Metered>
  /** Gives up; what was written stays where it is. */
  destroy(): void
}

/** Part of a file's path that would lead elsewhere. */
const LEADS_OUT = /(?:^|\/)\.{0,2}(?:\/|$)|\\|\0/

/**
 * Writes a tar (POSIX pax) of the files of a database, as gzip. Any tar unpacks it.
 * @param onProgress hears of the bytes of contents so far
 */
export function writeArchive(file: string, onProgress: (done: number) => Promise<void>): ArchiveWriter {
  const archive = pack()
  const meter = createMeter()
  const target = createWriteStream(file, { mode: 0o600, flush: true })
  const stored = pipeline(archive, createGzip({ level: 1 }), meter.stream, target)
  // Told by end(), or by the entry that could not be written.
  stored.catch(() => undefined)
  let contents = 0
  return {
    get contents() {
      return contents
    },
    async folder(path) {
      archive.entry({ name: path, type: 'directory', mode: 0o700 })
    },
    async file(path, size, content) {
      // What cannot be written ends the archive, and waits for nobody's reading.
      await Promise.race([addFile(archive, path, size, content), stored])
      contents += size
      await onProgress(contents)
    },
    async end() {
      archive.finalize()
      await stored
      return meter.result()
    },
    destroy: () => archive.destroy(),
  }
}

/** A file that grows meanwhile is cut at its size, one that shrinks filled up with nulls: the log mends both. */
async function addFile(archive: Pack, path: string, size: number, content: Readable): Promise<void> {
  const entry = archive.entry({ name: path, size, mode: 0o600 })
  await pipeline(
    content,
    async function* (parts: AsyncIterable<Buffer>) {
      let left = size
      for await (const part of parts) {
        if (left > 0) yield part.subarray(0, left)
        left -= part.length
      }
      while (left > 0) {
        const some = Buffer.alloc(Math.min(left, 65_536))
        left -= some.length
        yield some
      }
    },
    entry as unknown as NodeJS.WritableStream,
  )
}

/**
 * Unpacks such an archive into a folder that is there.
 * @param account to whom everything is given; undefined: ourselves
 * @returns what the archive's own bytes came to
 * @throws Error where it is no such archive, or leads out of the folder
 */
export async function readArchive(
  file: string,
  folder: string,
  account: Account | undefined,
  onProgress: (bytes: number) => void,
): Promise<Metered> {
  const meter = createMeter()
  const entries = extract()
  const read = pipeline(
    createReadStream(file),
    meter.stream,
    createGunzip(),
    entries as unknown as NodeJS.WritableStream,
  )
  read.catch(() => undefined) // told below
  for await (const entry of entries) {
    const { name, type } = entry.header
    const path = name.replace(/\/$/, '')
    if (LEADS_OUT.test(path)) throw new Error(`the archive names ${path}`)
    const target = join(folder, path)
    if (type === 'directory') await mkdir(target, { mode: 0o700 })
    else if (type === 'file')
      await pipeline(entry as unknown as Readable, createWriteStream(target, { mode: 0o600 }))
    else throw new Error(`the archive holds a ${type}`)
    if (type === 'directory') entry.resume()
    if (account !== undefined) await chown(target, account.uid, account.gid)
    onProgress(entry.header.size ?? 0)
  }
  await read
  return meter.result()
}
