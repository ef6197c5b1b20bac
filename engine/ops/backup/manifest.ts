import { existsSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { refuse } from '../../errors.ts'
import type { Metered } from './meter.ts'

/** One file of a backup. */
export interface BackupFile extends Metered {
  /** Below the backup's folder, with `/`. Contents and keys lie under the same path in the data folder. */
  readonly path: string
}

/** What a backup says of itself; written last, so that one without it is no backup. */
export interface Manifest {
  readonly format: 1
  /** When its copy was complete: what was stored by then is in it. */
  readonly made_at: string
  readonly seconds: number
  /** The major version of PostgreSQL, such as `18`. */
  readonly postgres: string
  /** From where on in the log the copy is consistent. */
  readonly lsn: string
  /** Bytes of what it holds, unpacked. */
  readonly size: number
  /** Why it was made: by the clock or because somebody asked. */
  readonly cause: 'daily' | 'asked'
  readonly files: readonly BackupFile[]
}

/** A backup as people see it. */
export interface Backup extends Omit<Manifest, 'files' | 'format'> {
  /** Its folder's name, which is its moment: `2026-03-02T01-00-00-000Z`. */
  readonly name: string
}

/** The database's files. */
export const ARCHIVE = 'postgres.tar.gz'
export const MANIFEST = 'manifest.json'
/** Behind the name of one that is being made. */
export const UNFINISHED = '.part'
const NAME = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z$/
/** What a backup may hold: the database, uploaded contents, the keys. */
const PATH = /^(?:postgres\.tar\.gz|files\/[^\\\0]+|secret\.key)$/
const DAY_MS = 86_400_000

/** The name of the folder of a backup of that moment. */
export function backupName(at: Date): string {
  return at.toISOString().replace(/[:.]/g, '-')
}

/** All whole backups of a folder, the newest first. */
export async function listBackups(folder: string): Promise<readonly Backup[]> {
  const found: Backup[] = []
  for (const name of await backupNames(folder)) {
    const { files: _, format: __, ...rest } = await readManifest(join(folder, name))
    found.push({ name, ...rest })
  }
  return found
}

/** The names alone, the newest first. */
export async function backupNames(folder: string): Promise<readonly string[]> {
  if (!existsSync(folder)) return []
  const names = (await readdir(folder)).filter((name) => NAME.test(name))
  return names
    .filter((name) => existsSync(join(folder, name, MANIFEST)))
    .sort()
    .reverse()
}

/** @throws AppError BACKUP_UNKNOWN where the folder holds no backup, BACKUP_DAMAGED where its list cannot be read */
export async function readManifest(folder: string): Promise<Manifest> {
  const name = basename(folder)
  if (!existsSync(join(folder, MANIFEST))) throw refuse('BACKUP_UNKNOWN', '', { params: { name } })
  try {
    const manifest = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as Manifest
    if (isSound(manifest)) return manifest
  } catch (fault) {
    if (!(fault instanceof SyntaxError)) throw fault
  }
  throw refuse('BACKUP_DAMAGED', '', { params: { name, file: MANIFEST } })
}

/** A list that was meddled with must not lead out of the data folder. */
function isSound({ format, files }: Manifest): boolean {
  const isPath = (path: unknown) =>
    typeof path === 'string' && PATH.test(path) && !/(?:^|\/)\.{1,2}(?:\/|$)/.test(path)
  return format === 1 && Array.isArray(files) && files.every(({ path }) => isPath(path))
}

/**
 * Removes backups that are older than so many days, and what a cut-off backup left; the newest always stays.
 * @returns the names of those that are gone
 */
export async function pruneBackups(folder: string, days: number, now: Date): Promise<readonly string[]> {
  const oldest = backupName(new Date(now.getTime() - days * DAY_MS))
  const gone = (await backupNames(folder)).slice(1).filter((name) => name < oldest)
  for (const name of gone) {
    // Without its list it is none: cut off in the middle, nobody takes the rest for a backup.
    await rm(join(folder, name, MANIFEST))
    await rm(join(folder, name), { recursive: true })
  }
  return gone
}

/** Removes what backups left that were cut off. Only for who holds the sole right to make one. */
export async function removeUnfinished(folder: string): Promise<void> {
  const whole = new Set(await backupNames(folder))
  for (const name of await readdir(folder)) {
    const isOurs = NAME.test(name) || NAME.test(name.replace(UNFINISHED, ''))
    if (isOurs && !whole.has(name)) await rm(join(folder, name), { recursive: true })
  }
}
