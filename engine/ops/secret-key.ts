import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { refuse } from '../errors.ts'

const FILE = 'secret.key'
const MADE = /^[0-9a-f]{64}$/

/**
 * The key that encrypts: the one that was set, else that of the data folder, which is made at the first start
 * (32 random bytes as hex, readable to its owner only). Nodes that share a folder come to the same one.
 * @param dataDir exists
 * @throws AppError START_VARIABLE_INVALID for a file that holds no key: a new one could not read what the old one
 *   wrote, so nothing is replaced
 */
export function keepSecretKey(dataDir: string, given: string | undefined): string {
  if (given !== undefined) return given
  const file = join(dataDir, FILE)
  const kept = readKey(file)
  if (kept !== undefined) return kept
  makeKey(file)
  return readKey(file)!
}

function readKey(file: string): string | undefined {
  const text = readText(file)
  if (text === undefined) return undefined
  const key = text.trim()
  if (MADE.test(key)) return key
  const reason = `${file} does not hold the key that Tenon wrote; bring it back from a backup`
  throw refuse('START_VARIABLE_INVALID', '/TENON_SECRET_KEY', {
    params: { name: 'TENON_SECRET_KEY', reason },
  })
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw fault
  }
}

/** link(2) gives the name to a file that is whole, and fails where another node was first. */
function makeKey(file: string): void {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  try {
    linkSync(draft, file)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault
  } finally {
    rmSync(draft)
  }
}
