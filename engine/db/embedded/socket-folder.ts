import { createHash } from 'node:crypto'
import { lstatSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { refuse } from '../../errors.ts'
import { type Account, canReach, makePrivateFolder } from './account.ts'

/** unix(7): a socket's path has 107 bytes, of which the server's file name takes 22 with its lock's ending. */
const LONGEST_FOLDER = 107 - '/.s.PGSQL.5432.lock'.length - 3

/**
 * A private folder for the server's socket: in the data folder where its path is short and plain enough, else in
 * the folder for temporary files, named after the data folder.
 * @throws AppError START_DATABASE_FAILED when someone else owns that name
 */
export function makeSocketFolder(dataDir: string, account: Account | undefined): string {
  const inside = join(dataDir, 'run')
  const folder = isPlain(inside) && canReach(dataDir, account) ? inside : outside(dataDir)
  makePrivateFolder(folder, account)
  const found = lstatSync(folder)
  const owner = account?.uid ?? process.getuid?.() ?? found.uid
  if (found.isDirectory() && found.uid === owner) return folder
  throw refuse('START_DATABASE_FAILED', '', { params: { reason: `${folder} belongs to another user` } })
}

function outside(dataDir: string): string {
  const name = `tenon-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`
  const folder = join(tmpdir(), name)
  return isPlain(folder) ? folder : join('/tmp', name)
}

/** The server reads its list of folders with commas and quotes in mind. */
function isPlain(folder: string): boolean {
  return Buffer.byteLength(folder) <= LONGEST_FOLDER && /^[\w./-]+$/.test(folder)
}
