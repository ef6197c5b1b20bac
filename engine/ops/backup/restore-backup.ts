import { existsSync } from 'node:fs'
import { copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { syncToDisk } from '../../db/disk.ts'
import { accountForDatabase, makePrivateFolder } from '../../db/embedded/account.ts'
import { RESTORED } from '../../db/embedded/cluster.ts'
import { refuse } from '../../errors.ts'
import { readArchive } from './archive.ts'
import { ARCHIVE, type BackupFile, backupName, type Manifest, readManifest } from './manifest.ts'
import { type Metered, measureFile } from './meter.ts'

type Progress = (done: number, total: number) => void

export interface RestoreOptions {
  /** The major version of PostgreSQL that this Tenon brings. */
  readonly postgres: string
  readonly progress?: Progress
  readonly now?: () => Date
}

export interface Restored {
  readonly manifest: Manifest
  /** Where the database lies that stood there before; undefined where there was none. */
  readonly before: string | undefined
}

/**
 * Checks a backup: that every file is there and is what was written.
 * @throws AppError BACKUP_UNKNOWN, BACKUP_DAMAGED naming the first file that is not
 */
export async function verifyBackup(folder: string, progress: Progress = () => undefined): Promise<Manifest> {
  const manifest = await readManifest(folder)
  const total = manifest.files.reduce((sum, { size }) => sum + size, 0)
  let done = 0
  for (const file of manifest.files) {
    await verifyFile(folder, file)
    done += file.size
    progress(done, total)
  }
  return manifest
}

/**
 * Brings a backup back into a data folder that no Tenon uses. Everything is checked and unpacked beside first; the database
 * that stood there keeps lying beside under another name. Cut off anywhere, the folder holds the old database or the new one.
 * @param folder of the backup
 * @param dataDir locked by the caller
 * @throws AppError BACKUP_UNKNOWN, BACKUP_DAMAGED, BACKUP_OTHER_VERSION; nothing is changed then
 */
export async function restoreBackup(
  folder: string,
  dataDir: string,
  options: RestoreOptions,
): Promise<Restored> {
  const manifest = await readManifest(folder)
  if (manifest.postgres !== options.postgres) {
    const params = { name: basename(folder), found: manifest.postgres, needed: options.postgres }
    throw refuse('BACKUP_OTHER_VERSION', '', { params })
  }
  const draft = join(dataDir, 'restoring')
  await rm(draft, { recursive: true, force: true })
  try {
    for (const file of manifest.files) if (file.path !== ARCHIVE) await verifyFile(folder, file)
    await unpack(folder, manifest, draft, options.progress ?? (() => undefined))
  } catch (fault) {
    await rm(draft, { recursive: true, force: true })
    throw fault
  }
  const stamp = backupName((options.now ?? (() => new Date()))())
  for (const { path } of manifest.files) if (path !== ARCHIVE) await putContent(folder, path, dataDir, stamp)
  const place = join(dataDir, 'postgres')
  // Under this name a start finds it, should this process end between the two steps that follow.
  await rename(draft, place + RESTORED)
  const before = existsSync(place) ? `${place}.before-${stamp}` : undefined
  if (before !== undefined) await rename(place, before)
  await rename(place + RESTORED, place)
  return { manifest, before }
}

/** Into a folder that only its account may look into. PostgreSQL itself syncs it all when it begins from a backup's label. */
async function unpack(folder: string, manifest: Manifest, draft: string, progress: Progress): Promise<void> {
  const file = manifest.files.find(({ path }) => path === ARCHIVE)
  if (file === undefined) throw damaged(folder, ARCHIVE)
  const account = accountForDatabase()
  makePrivateFolder(draft, account)
  let done = 0
  const found = await readable(folder, ARCHIVE, () =>
    readArchive(join(folder, ARCHIVE), draft, account, (bytes) => {
      done += bytes
      progress(done, manifest.size)
    }),
  )
  requireSame(folder, file, found)
}

async function verifyFile(folder: string, file: BackupFile): Promise<void> {
  requireSame(folder, file, await readable(folder, file.path, () => measureFile(join(folder, file.path))))
}

function requireSame(folder: string, file: BackupFile, { size, digest }: Metered): void {
  if (size !== file.size || digest !== file.digest) throw damaged(folder, file.path)
}

/** What is missing or cannot be unpacked is damaged; a disk that is full or fails is another matter. */
async function readable(folder: string, path: string, read: () => Promise<Metered>): Promise<Metered> {
  try {
    return await read()
  } catch (fault) {
    const { code = 'UNPACK' } = fault as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'UNPACK' || code.startsWith('Z_')) throw damaged(folder, path)
    throw fault
  }
}

function damaged(folder: string, file: string): Error {
  return refuse('BACKUP_DAMAGED', '', { params: { name: basename(folder), file } })
}

/** Contents of uploads are added to those that are there; keys take the place of others, which are kept beside. */
async function putContent(folder: string, path: string, dataDir: string, stamp: string): Promise<void> {
  const target = join(dataDir, path)
  if (existsSync(target) && path.startsWith('files/')) return
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  const draft = `${target}.restoring`
  await copyFile(join(folder, path), draft)
  await syncToDisk(draft)
  if (existsSync(target)) await rename(target, `${target}.before-${stamp}`)
  await rename(draft, target)
}
