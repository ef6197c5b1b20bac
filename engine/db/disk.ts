import { existsSync, statfsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Problem, problem } from '../errors.ts'

/** What an empty database, its log and some growth need, in MB. */
export const DISK_NEEDED_MB = 300

/** MB that are free for a folder, which need not exist yet. */
export function freeDiskMb(folder: string): number {
  const { bavail, bsize } = statfsSync(existingPart(folder))
  return Math.floor((bavail * bsize) / 1024 / 1024)
}

/** START_DISK_FULL when there is too little to start with. */
export function checkDisk(folder: string, free: number): Problem | undefined {
  if (free >= DISK_NEEDED_MB) return undefined
  return problem('START_DISK_FULL', '', { params: { free, folder, needed: DISK_NEEDED_MB } })
}

/** The folder itself or the nearest one above it that is there. */
export function existingPart(folder: string): string {
  return existsSync(folder) || folder === dirname(folder) ? folder : existingPart(dirname(folder))
}

/** Returns when a file's content, or the names in a folder, are on the disk. */
export async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
