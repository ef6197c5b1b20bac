import { existsSync } from 'node:fs'
import { copyFile, link, mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { freeDiskMb, syncToDisk } from '../../db/disk.ts'
import { inBackupSession } from '../../db/embedded/base-backup.ts'
import { refuse } from '../../errors.ts'
import { writeArchive } from './archive.ts'
import {
  ARCHIVE,
  type Backup,
  type BackupFile,
  backupName,
  backupNames,
  MANIFEST,
  type Manifest,
  readManifest,
  removeUnfinished,
  UNFINISHED,
} from './manifest.ts'
import { measureFile } from './meter.ts'

export interface BackupSource {
  /** Of the database, past a pooler. */
  readonly directUrl: string
  /** Absolute; the database lies in `postgres`, uploaded contents in `files`. */
  readonly dataDir: string
  /** Where backups go, absolute. */
  readonly folder: string
}

export interface BackupOptions {
  readonly cause: Manifest['cause']
  readonly signal: AbortSignal
  /** @param done bytes, of about `total` */
  readonly progress?: (done: number, total: number) => Promise<void>
  readonly now?: () => Date
}

const MB = 1024 * 1024
/** What a compressed database needs of its size at most, from experience about a quarter. */
const SHARE = 0.5
/** Files of the data folder that belong to a backup besides the two folders. */
const KEPT = ['secret.key'] as const

/**
 * Makes a backup while people work: the database as of the end of the copy, uploaded contents, the secret keys. Each file
 * goes with its digest; the folder has its final name only when all is on the disk. Contents of uploads never change, so
 * one that the last backup holds is linked, not copied again.
 * @throws AppError BACKUP_RUNNING, BACKUP_NO_SPACE
 */
export async function makeBackup(source: BackupSource, options: BackupOptions): Promise<Backup> {
  const { folder } = source
  const { signal, now = () => new Date() } = options
  return await inBackupSession(source.directUrl, async (session) => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await removeUnfinished(folder)
    const database = join(source.dataDir, 'postgres')
    const total = await sizeOf(database)
    checkSpace(folder, total)
    const begun = now()
    const name = backupName(begun)
    const part = join(folder, name + UNFINISHED)
    await mkdir(part, { mode: 0o700 })
    const archive = writeArchive(join(part, ARCHIVE), async (done) => await options.progress?.(done, total))
    const { to } = await session.copy(database, archive, signal).catch((fault: unknown) => {
      archive.destroy()
      throw fault
    })
    const files: BackupFile[] = [{ path: ARCHIVE, ...(await archive.end()) }]
    const madeAt = now()
    // After the database: a content that a record names is there by the time of the record.
    files.push(...(await addContents(source, part, signal)))
    const about = {
      ...{ made_at: madeAt.toISOString(), seconds: (now().getTime() - begun.getTime()) / 1000 },
      ...{ postgres: session.version, lsn: to, cause: options.cause },
      size: archive.contents + files.slice(1).reduce((sum, { size }) => sum + size, 0),
    }
    const manifest: Manifest = { format: 1, ...about, files }
    await writeFile(join(part, MANIFEST), JSON.stringify(manifest), { mode: 0o600, flush: true })
    await rename(part, join(folder, name))
    // A new name is on the disk when its folder is.
    await syncToDisk(folder)
    return { name, ...about }
  })
}

function checkSpace(folder: string, bytes: number): void {
  const [needed, free] = [Math.ceil((bytes * SHARE) / MB), freeDiskMb(folder)]
  if (free < needed) throw refuse('BACKUP_NO_SPACE', '', { params: { folder, needed, free } })
}

async function addContents(source: BackupSource, part: string, signal: AbortSignal): Promise<BackupFile[]> {
  const { dataDir, folder } = source
  const last = await lastFiles(folder)
  const files: BackupFile[] = []
  for (const path of await contentsOf(dataDir)) {
    signal.throwIfAborted()
    const target = join(part, path)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    const known = path.startsWith('files/') ? last.get(path) : undefined
    if (known !== undefined && (await isLinked(known.place, target))) files.push(known.file)
    else if (await isCopied(join(dataDir, path), target)) {
      await syncToDisk(target)
      files.push({ path, ...(await measureFile(target)) })
    }
  }
  return files
}

/** Whole uploads and the keys, by their paths in the data folder. */
async function contentsOf(dataDir: string): Promise<readonly string[]> {
  const keys = KEPT.filter((name) => existsSync(join(dataDir, name)))
  const root = join(dataDir, 'files')
  if (!existsSync(root)) return keys
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const whole = entries.filter(
    (entry) => entry.isFile() && !/[/\\](incoming|leaving)$/.test(entry.parentPath),
  )
  const paths = whole.map((entry) => join(entry.parentPath, entry.name).slice(dataDir.length + 1))
  return [...paths.map((path) => path.replaceAll('\\', '/')), ...keys]
}

/** What the newest backup holds, and where. */
async function lastFiles(folder: string): Promise<ReadonlyMap<string, { file: BackupFile; place: string }>> {
  const [name] = await backupNames(folder)
  if (name === undefined) return new Map()
  const { files } = await readManifest(join(folder, name))
  return new Map(files.map((file) => [file.path, { file, place: join(folder, name, file.path) }]))
}

/** A content that nobody names may be swept away meanwhile: no backup needs it. */
async function isCopied(place: string, target: string): Promise<boolean> {
  try {
    await copyFile(place, target)
    return true
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw fault
  }
}

/** Where links cannot be made (other disks, other systems) a copy takes its place. */
async function isLinked(place: string, target: string): Promise<boolean> {
  try {
    await link(place, target)
    return true
  } catch (fault) {
    const { code = '' } = fault as NodeJS.ErrnoException
    if (['EXDEV', 'EPERM', 'ENOTSUP', 'EMLINK', 'ENOENT'].includes(code)) return false
    throw fault
  }
}

/** Bytes of all files of a database but its log; what goes meanwhile counts nothing. */
async function sizeOf(folder: string): Promise<number> {
  let sum = 0
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /[/\\]pg_wal$/.test(entry.parentPath)) continue
    sum += await sizeIfThere(join(entry.parentPath, entry.name))
  }
  return sum
}

async function sizeIfThere(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw fault
  }
}
