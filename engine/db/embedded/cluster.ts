import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { refuse } from '../../errors.ts'
import { type Account, canReach, makePrivateFolder } from './account.ts'
import type { Binaries } from './binaries.ts'

/** The database's files and how the programs are told of them. */
export interface Cluster {
  /** The real, absolute path. */
  readonly folder: string
  /** What stands behind -D. */
  readonly dataArgument: string
}

const run = promisify(execFile)

/** Behind the folder's name: a database that was brought back from a backup and waits to take its place. */
export const RESTORED = '.restored'

/** PG* variables of the shell must not reach a database that is ours. */
export function databaseEnvironment(): Record<string, string> {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
}

/**
 * Makes the database's files where there are none: elsewhere first, then renamed, so that a start that is
 * killed in the middle leaves nothing half-made.
 * @param sync false only where losing the data does no harm
 * @returns the cluster, and whether it is new
 * @throws AppError START_DATABASE_FAILED
 */
export async function prepareCluster(
  folder: string,
  binaries: Binaries,
  account: Account | undefined,
  sync: boolean,
): Promise<Cluster & { readonly created: boolean }> {
  const cluster = describeCluster(folder, account)
  // A restore that was cut off between its last two steps: the old database lies aside already.
  if (!existsSync(folder) && existsSync(folder + RESTORED)) renameSync(folder + RESTORED, folder)
  if (existsSync(join(folder, 'PG_VERSION'))) {
    checkVersion(folder, binaries)
    return { ...cluster, created: false }
  }
  removeUnfinished(folder)
  const unfinished = `${folder}.new.${process.pid}`
  makePrivateFolder(unfinished, account)
  try {
    await run(binaries.initdb, [...initArguments(cluster, unfinished), ...(sync ? [] : ['--no-sync'])], {
      cwd: unfinished,
      env: databaseEnvironment(),
      ...(account ?? {}),
    })
  } catch (fault) {
    const { stderr, message } = fault as { stderr?: string; message: string }
    throw refuse('START_DATABASE_FAILED', '', { params: { reason: (stderr || message).trim() } })
  }
  rmSync(folder, { recursive: true, force: true })
  renameSync(unfinished, folder)
  return { ...cluster, created: true }
}

/** An initdb whose Tenon was killed may still be at work: it fails when its folder goes, ours has another name. */
function removeUnfinished(folder: string): void {
  for (const name of readdirSync(dirname(folder))) {
    if (name.startsWith(`${basename(folder)}.new.`)) {
      rmSync(join(dirname(folder), name), { recursive: true, force: true, maxRetries: 3 })
    }
  }
}

function initArguments(cluster: Cluster, folder: string): string[] {
  return [
    '-D',
    cluster.dataArgument === cluster.folder ? folder : cluster.dataArgument,
    '--username=tenon',
    '--auth=trust', // on a socket in a folder that only its owner can enter
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]
}

/**
 * A folder below one that the account cannot enter (/root, often) is reached all the same: we enter it as root,
 * and /proc/self/cwd names the current folder without the way to it.
 */
function describeCluster(folder: string, account: Account | undefined): Cluster {
  const isReachable = canReach(dirname(folder), account)
  if (isReachable) return { folder, dataArgument: folder }
  if (existsSync('/proc/self/cwd')) return { folder, dataArgument: '/proc/self/cwd' }
  throw refuse('START_DATABASE_FAILED', '', {
    params: { reason: `the user nobody cannot enter ${dirname(folder)}` },
    hint: {
      en: 'Set TENON_DATA_DIR to a folder that other users can enter, or start Tenon as a user other than root.',
      'zh-CN': '请将 TENON_DATA_DIR 设为其他用户可进入的目录，或不要以 root 身份启动 Tenon。',
    },
  })
}

function checkVersion(folder: string, binaries: Binaries): void {
  const found = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim()
  if (found === binaries.major) return
  throw refuse('START_DATABASE_FAILED', '', {
    params: { reason: `${folder} is of PostgreSQL ${found}, this Tenon brings ${binaries.major}` },
    hint: {
      en: 'Make a backup with the Tenon that wrote it and restore it into a new data folder.',
      'zh-CN': '请用写入该目录的 Tenon 版本做备份，再恢复到新的数据目录。',
    },
  })
}
