import { hkdfSync, randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { refuse } from '../errors.ts'

const FILE = 'secret.key'
const MADE = /^[0-9a-f]{64}$/

/** Milliseconds after which the file is looked at again: another process may have put a new key in front. */
const LOOK_INTERVAL_MS = 1_000

/** What a key is used for; each use has a key of its own, derived from the secret. */
export type KeyPurpose = 'encryption' | 'audit seal'

/** One secret; it never leaves this object. */
export interface SecretKey {
  /** Eight hexadecimal digits that tell nothing of the secret; what it encrypts carries them. */
  readonly id: string
  /** Whether it was set from outside, so that the data folder does not hold it. */
  readonly isGiven: boolean
  /**
   * The key for a purpose, by HKDF (RFC 5869) with SHA-256.
   * @param salt sets workspaces apart
   * @returns 32 bytes, always the same for the same arguments
   */
  derive(purpose: KeyPurpose, salt?: string): Buffer
}

/** The secrets that this Tenon knows. */
export interface SecretKeys {
  /** The one that encrypts. */
  active(): SecretKey
  /** One of those that decrypt. */
  find(id: string): SecretKey | undefined
  /** All, the active one first. */
  all(): readonly SecretKey[]
}

/** Secrets that were set from outside. */
export interface GivenKeys {
  /** TENON_SECRET_KEY. */
  readonly current: string | undefined
  /** TENON_SECRET_KEY_OLD: the one before, for reading. */
  readonly former?: string | undefined
}

/**
 * The secrets: those that were set, then those of the data folder, one a line, the newest first. Without any, one is
 * made (32 random bytes as hex, readable to its owner only); nodes that share a folder come to the same one. A key
 * that another process adds is found without a restart.
 * @param dataDir exists
 * @throws AppError START_VARIABLE_INVALID for a file that holds anything else: a new key could not read what the old
 *   one wrote, so nothing is replaced
 */
export function openSecretKeys(dataDir: string, given: GivenKeys): SecretKeys {
  const file = join(dataDir, FILE)
  if (given.current === undefined && readKeys(file) === undefined) makeFile(file)
  const fixed = [given.current, given.former].flatMap((text) =>
    text === undefined ? [] : [toKey(text, true)],
  )
  let [keys, stamp, lookedAt] = [load(), stampOf(file), Date.now()]

  function load(): readonly SecretKey[] {
    const kept = (readKeys(file) ?? []).map((text) => toKey(text, false))
    // A file beside a key that was set holds former ones; the former one that was set comes last.
    const [current, ...older] = fixed
    const all = given.current === undefined ? [...kept, ...fixed] : [current!, ...kept, ...older]
    return [...new Map(all.toReversed().map((key) => [key.id, key])).values()].toReversed()
  }
  function look(isPressing: boolean): readonly SecretKey[] {
    if (!isPressing && Date.now() - lookedAt < LOOK_INTERVAL_MS) return keys
    lookedAt = Date.now()
    const now = stampOf(file)
    if (now !== stamp) [keys, stamp] = [load(), now]
    return keys
  }
  const among = (list: readonly SecretKey[], id: string) => list.find((key) => key.id === id)
  return {
    active: () => look(false)[0]!,
    find: (id) => among(keys, id) ?? among(look(true), id),
    all: () => look(true),
  }
}

/** Whether there is a secret of that id; unlike `openSecretKeys` it makes none. */
export function hasSecretKey(dataDir: string, given: GivenKeys, id: string): boolean {
  const texts = [given.current, given.former, ...(readKeys(join(dataDir, FILE)) ?? [])]
  return texts.some((text) => text !== undefined && toKey(text, false).id === id)
}

/** Puts a new secret in front of the data folder's; all nodes that share the folder encrypt with it from then on. */
export function addSecretKey(dataDir: string): void {
  const file = join(dataDir, FILE)
  writeKeys(file, [randomBytes(32).toString('hex'), ...(readKeys(file) ?? [])])
}

/** Takes a secret out of the data folder; gives whether it was there. */
export function removeSecretKey(dataDir: string, id: string): boolean {
  const file = join(dataDir, FILE)
  const texts = readKeys(file) ?? []
  const rest = texts.filter((text) => toKey(text, false).id !== id)
  if (rest.length === texts.length) return false
  if (rest.length === 0) rmSync(file)
  else writeKeys(file, rest)
  return true
}

function toKey(text: string, isGiven: boolean): SecretKey {
  const derived = new Map<string, Buffer>()
  const expand = (info: string, salt: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', text, salt, `tenon ${info}`, bytes))
  return {
    id: expand('key id', '', 4).toString('hex'),
    isGiven,
    derive(purpose, salt = '') {
      const name = `${purpose} ${salt}`
      const key = derived.get(name) ?? expand(purpose, salt, 32)
      derived.set(name, key)
      return key
    },
  }
}

/** The secrets of a file, undefined where there is none. */
function readKeys(file: string): readonly string[] | undefined {
  const text = readText(file)
  if (text === undefined) return undefined
  const keys = text.trim().split(/\s*\n\s*/)
  if (keys.every((key) => MADE.test(key))) return keys
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

/** Changes whenever the file does: each version of it is a file of its own, moved into place. */
function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false, bigint: true })
  return found === undefined ? '' : `${found.ino} ${found.mtimeNs} ${found.size}`
}

/** link(2) gives the name to a file that is whole, and fails where another node was first. */
function makeFile(file: string): void {
  const draft = writeDraft(file, [randomBytes(32).toString('hex')])
  try {
    linkSync(draft, file)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault
  } finally {
    rmSync(draft)
  }
}

/** The file is replaced whole: whoever reads it meanwhile finds the old one or the new one. */
function writeKeys(file: string, keys: readonly string[]): void {
  renameSync(writeDraft(file, keys), file)
}

function writeDraft(file: string, keys: readonly string[]): string {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, keys.map((key) => `${key}\n`).join(''), { mode: 0o600, flag: 'wx', flush: true })
  return draft
}
