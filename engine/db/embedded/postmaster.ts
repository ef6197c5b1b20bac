import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { refuse } from '../../errors.ts'
import { folderOf, isAlive, processesIn, programOf, signal, waitUntil } from '../processes.ts'
import type { Account } from './account.ts'
import { type Cluster, databaseEnvironment } from './cluster.ts'

/** How one server process is started. */
export interface Launch {
  readonly program: string
  readonly cluster: Cluster
  /** Everything behind the program's name. */
  readonly arguments: readonly string[]
  readonly account: Account | undefined
  readonly socketFolder: string
  /** Where the server writes what it has to say. */
  readonly logFile: string
}

/** A running server process. */
export interface Postmaster {
  readonly pid: number
  /** Whether an earlier Tenon started it. */
  readonly adopted: boolean
}

/** However this process ends short of being killed, its servers do not outlive it. */
const ours = new Set<number>()
process.once('exit', () => {
  for (const pid of ours) signal(pid, 'SIGINT')
})

const FAST_STOP_MS = 8_000
const QUICK_STOP_MS = 3_000
const LOG_LIMIT = 10 * 1024 * 1024

/** The arguments of a server: its folder and its settings. */
export function serverArguments(cluster: Cluster, settings: Readonly<Record<string, string>>): string[] {
  return [
    '-D',
    cluster.dataArgument,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}

/**
 * The server of an earlier Tenon that was killed, when it runs with the same settings; with others it is stopped.
 * What is left of a dead one (processes, a lock file naming an id that is someone else's now) is cleared away.
 */
export async function adopt(launch: Launch): Promise<Postmaster | undefined> {
  const { folder } = launch.cluster
  const { pid, status } = readPidFile(folder) ?? {}
  if (pid !== undefined && isServerOf(pid, folder)) {
    if (status !== 'stopping' && readArguments(folder) === quoteArguments(launch.arguments)) {
      ours.add(pid)
      return { pid, adopted: true }
    }
    await stopServer(pid)
  }
  await clearStrays(folder)
  removeLocks(launch)
  return undefined
}

/** Ends the server of an earlier Tenon, and what is left of a dead one. */
export async function stopLeft(folder: string): Promise<void> {
  const { pid } = readPidFile(folder) ?? {}
  if (pid !== undefined && isServerOf(pid, folder)) await stopServer(pid)
  await clearStrays(folder)
}

/**
 * Nothing of ours lives, so its lock files are stale. PostgreSQL itself would trust any process with that id: one
 * that got it since, or the dead one itself, where nobody asks for the exit codes of orphans (containers).
 */
function removeLocks({ cluster, socketFolder }: Launch): void {
  rmSync(join(cluster.folder, 'postmaster.pid'), { force: true })
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock'])
    rmSync(join(socketFolder, name), { force: true })
}

/** Starts a server, in a session of its own: Ctrl-C in a terminal is for us, who stop it in order. */
export function launchServer(launch: Launch): Postmaster {
  const log = openLog(launch.logFile)
  try {
    const child = spawn(launch.program, launch.arguments, {
      cwd: launch.cluster.folder,
      env: databaseEnvironment(),
      detached: true,
      stdio: ['ignore', log, log],
      ...(launch.account ?? {}),
    })
    child.on('error', () => undefined) // seen by its pid being undefined, below
    child.unref()
    if (child.pid === undefined) throw startFailed(`${launch.program} cannot be run`)
    ours.add(child.pid)
    return { pid: child.pid, adopted: false }
  } finally {
    closeSync(log)
  }
}

/**
 * Waits while the server lives; recovery after a crash may take its time.
 * @throws AppError START_DATABASE_FAILED with the end of the server's log
 */
export async function waitReady(
  { pid }: Postmaster,
  launch: Launch,
  onSlow: (seconds: number) => void,
): Promise<void> {
  const begin = performance.now()
  let toldAt = begin
  for (;;) {
    const file = readPidFile(launch.cluster.folder)
    if (file?.pid === pid && file.status === 'ready') return
    if (!isAlive(pid)) {
      ours.delete(pid)
      throw startFailed(endOfLog(launch.logFile))
    }
    if (performance.now() - toldAt > 3_000) {
      toldAt = performance.now()
      onSlow(Math.round((toldAt - begin) / 1000))
    }
    await delay(10)
  }
}

/** Ends a server: in order if it can within eight seconds, else as a crash, from which it recovers. */
export async function stopServer(pid: number): Promise<void> {
  const isGone = (): boolean => !isAlive(pid)
  ours.delete(pid)
  signal(pid, 'SIGINT')
  if (await waitUntil(isGone, FAST_STOP_MS)) return
  signal(pid, 'SIGQUIT')
  if (await waitUntil(isGone, QUICK_STOP_MS)) return
  signal(pid, 'SIGKILL')
  await waitUntil(isGone, QUICK_STOP_MS)
}

/** Children of a server that was killed end when they notice; one in the middle of a long query does late. */
async function clearStrays(folder: string): Promise<void> {
  const isClear = (): boolean => processesIn(folder).length === 0
  if (await waitUntil(isClear, 500)) return
  for (const name of ['SIGQUIT', 'SIGKILL'] as const) {
    for (const pid of processesIn(folder)) signal(pid, name)
    if (await waitUntil(isClear, QUICK_STOP_MS)) return
  }
  throw startFailed(`processes ${processesIn(folder).join(', ')} of an earlier database do not end`)
}

/** The server's current folder is its data; without /proc any PostgreSQL of that id must do. */
function isServerOf(pid: number, folder: string): boolean {
  if (!isAlive(pid)) return false
  return process.platform === 'linux' ? folderOf(pid) === folder : /postgres/.test(programOf(pid) ?? '')
}

/** The lines of postmaster.pid: id, folder, start, port, socket folder, address, shared memory, status. */
function readPidFile(folder: string): { pid: number; socketFolder: string; status: string } | undefined {
  const lines = readIfThere(join(folder, 'postmaster.pid'))?.split('\n')
  const pid = Number(lines?.[0])
  if (lines === undefined || !Number.isInteger(pid) || pid <= 0) return undefined
  return { pid, socketFolder: lines[4]?.trim() ?? '', status: lines[7]?.trim() ?? '' }
}

/** The folder of the socket of the server that runs on these data, for those who may not start it. */
export function runningSocketFolder(folder: string): string | undefined {
  const file = readPidFile(folder)
  if (file === undefined || file.status !== 'ready' || !isServerOf(file.pid, folder)) return undefined
  return file.socketFolder
}

/** postmaster.opts holds the program's path, then each argument in double quotes. */
function readArguments(folder: string): string | undefined {
  const line = readIfThere(join(folder, 'postmaster.opts'))?.trim()
  return line?.slice(line.indexOf(' "') + 1)
}

function quoteArguments(list: readonly string[]): string {
  return list.map((argument) => `"${argument}"`).join(' ')
}

function openLog(path: string): number {
  const isLong = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT
  return openSync(path, isLong ? 'w' : 'a', 0o600)
}

function endOfLog(path: string): string {
  const lines = readIfThere(path)?.trim().split('\n') ?? []
  const faults = lines.slice(-20).filter((line) => /FATAL|PANIC|ERROR|HINT|error while loading/.test(line))
  return (faults.length > 0 ? faults : lines).slice(-3).join(' | ') || `see ${path}`
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw fault
  }
}

function startFailed(reason: string): Error {
  return refuse('START_DATABASE_FAILED', '', { params: { reason } })
}
