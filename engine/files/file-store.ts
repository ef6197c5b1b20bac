import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { refuse } from '../errors.ts'
import { contentPlace, ignoreMissing } from './content-place.ts'
import { type Named, sweepContents } from './sweep-contents.ts'

/** Bytes of one uploaded file. */
export const MAX_FILE_BYTES = 25 * 1024 * 1024
const INCOMING = 'incoming'
const STALE_AFTER_MS = 24 * 3_600_000
const DIGEST = /^[0-9a-f]{64}$/

export interface StoredFile {
  /** SHA-256 of the content, hex: the name under which it lies. */
  readonly digest: string
  /** Bytes. */
  readonly size: number
}

/** A content that has arrived whole but is not yet in its place. */
export interface ReceivedFile extends StoredFile {
  /** Puts it into its place, for good. */
  keep(): Promise<void>
  /** Throws it away. */
  discard(): Promise<void>
}

/**
 * Contents of uploaded files, by digest: the same content lies there once, and is never changed. A content is
 * visible only when it is whole and on the disk: it is written beside, synced, and renamed into its place; what
 * a crash leaves half-written is never looked at and swept away later.
 */
export interface FileStore {
  /** @throws AppError FILE_TOO_LARGE; nothing is kept then */
  receive(workspace: string, content: Readable): Promise<ReceivedFile>
  /** The path of a content; undefined where it is not (no longer) there. */
  locate(workspace: string, digest: string): Promise<string | undefined>
  /** Removes what has lain there for a day and nobody names. @returns how many contents went */
  sweep(workspace: string, named: Named, signal?: AbortSignal): Promise<number>
}

/** @param folder where the contents lie; made when first needed */
export function createFileStore(folder: string): FileStore {
  const swept = new Set<string>()
  return {
    async receive(workspace, content) {
      const root = join(folder, workspace)
      const incoming = join(root, INCOMING)
      await mkdir(incoming, { recursive: true, mode: 0o700 })
      if (!swept.has(workspace)) await sweep(incoming)
      swept.add(workspace)
      const temporary = join(incoming, randomUUID())
      const discard = () => rm(temporary, { force: true })
      try {
        const stored = await write(content, temporary)
        return { ...stored, keep: () => settle(root, temporary, stored.digest), discard }
      } catch (error) {
        await discard()
        throw error
      }
    },
    async locate(workspace, digest) {
      if (!DIGEST.test(digest)) return undefined
      const path = contentPlace(join(folder, workspace), digest)
      return (await stat(path).catch(ignoreMissing)) === undefined ? undefined : path
    },
    sweep: (workspace, named, signal) => sweepContents(join(folder, workspace), named, signal),
  }
}

/** Writes a content to the disk, counting and digesting on the way. */
async function write(content: Readable, path: string): Promise<StoredFile> {
  const hash = createHash('sha256')
  let size = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      if (size > MAX_FILE_BYTES) return done(tooLarge())
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline(content, measure, createWriteStream(path, { mode: 0o600, flush: true }))
  return { digest: hash.digest('hex'), size }
}

export function tooLarge() {
  return refuse('FILE_TOO_LARGE', '/file', { params: { limit: MAX_FILE_BYTES / 1024 / 1024 } })
}

/** Moves a whole content into its place; the folder is synced too, or a power cut could forget the new name. */
async function settle(root: string, temporary: string, digest: string): Promise<void> {
  const place = contentPlace(root, digest)
  const parent = join(root, digest.slice(0, 2))
  await mkdir(parent, { recursive: true, mode: 0o700 })
  await rename(temporary, place)
  const directory = await open(parent, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

/** Removes what earlier crashes left half-written. */
async function sweep(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name)
    const found = await stat(path).catch(ignoreMissing)
    if (found !== undefined && Date.now() - found.mtimeMs > STALE_AFTER_MS) await rm(path, { force: true })
  }
}
