import { chmodSync, existsSync, mkdirSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { AppError } from '../../errors.ts'
import { type Observe, observeNothing } from '../../observe.ts'
import { checkDisk, freeDiskMb } from '../disk.ts'
import { isAlive } from '../processes.ts'
import { accountForDatabase, canReach } from './account.ts'
import { prepareBinaries } from './binaries.ts'
import { prepareCluster } from './cluster.ts'
import {
  adopt,
  type Launch,
  launchServer,
  type Postmaster,
  runningSocketFolder,
  serverArguments,
  stopLeft,
  stopServer,
  waitReady,
} from './postmaster.ts'
import { availableMemory, serverSettings, sharedMemorySize } from './settings.ts'
import { makeSocketFolder } from './socket-folder.ts'

export interface EmbeddedOptions {
  /** Absolute; the database lies in its folder `postgres`. */
  readonly dataDir: string
  /** Server settings above the usual ones; a test bench turns fsync off. */
  readonly settings?: Readonly<Record<string, string>>
  /** False only where losing the data does no harm. */
  readonly sync?: boolean
  readonly progress?: (line: string) => void
  readonly observe?: Observe
}

export interface EmbeddedDatabase {
  readonly url: string
  /** The server's process; another one after a crash. */
  pid(): number
  /** Ends the server; connections should be closed before. */
  stop(): Promise<void>
}

const LOOK_EVERY_MS = 200
const RETRY_AFTER_MS = [0, 250, 1_000, 5_000]

/**
 * Starts PostgreSQL for this data folder, or adopts the one that an earlier Tenon left running, and starts it
 * again whenever it ends while we live. The caller holds the folder's lock.
 * @throws AppError START_DATABASE_FAILED, START_DISK_FULL
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const progress = options.progress ?? (() => undefined)
  const launch = await prepareLaunch(options, progress)
  const server = await startServer(launch, options)
  const url = urlOf(launch.socketFolder)
  const supervisor = supervise(server, launch, options)
  try {
    await ensureDatabase(url)
  } catch (fault) {
    await supervisor.stop()
    throw fault
  }
  return { url, ...supervisor }
}

/** Whether a database has been made in this data folder, whole or not. */
export function hasDatabase(dataDir: string): boolean {
  return existsSync(join(dataDir, 'postgres'))
}

/** The URL of the database that another Tenon runs on this data folder, or undefined where none does. */
export function runningUrl(dataDir: string): string | undefined {
  const folder = join(dataDir, 'postgres')
  if (!existsSync(folder)) return undefined
  const socketFolder = runningSocketFolder(realpathSync(folder))
  return socketFolder === undefined ? undefined : urlOf(socketFolder)
}

/**
 * Ends what an earlier Tenon left running on this data folder, so that its database may be replaced.
 * @returns the major version of PostgreSQL that we bring
 */
export async function readyToReplace(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'postgres')
  if (existsSync(folder)) await stopLeft(realpathSync(folder))
  return prepareBinaries(accountForDatabase(), realpathSync(dataDir)).major
}

function urlOf(socketFolder: string): string {
  return `postgres://tenon@${encodeURIComponent(socketFolder)}/tenon`
}

async function prepareLaunch(options: EmbeddedOptions, progress: (line: string) => void): Promise<Launch> {
  makeDataFolder(options.dataDir)
  const dataDir = realpathSync(options.dataDir)
  const full = checkDisk(dataDir, freeDiskMb(dataDir))
  if (full !== undefined) throw new AppError(full)
  const account = accountForDatabase()
  // Nobody passes through to the database's own folder; the other files in here are closed to them.
  if (account !== undefined && !canReach(dataDir, account)) chmodSync(dataDir, 0o711)
  const binaries = prepareBinaries(account, dataDir)
  const cluster = await prepareCluster(join(dataDir, 'postgres'), binaries, account, options.sync !== false)
  if (cluster.created) progress('Database initialised')
  const socketFolder = makeSocketFolder(dataDir, account)
  const settings = {
    ...serverSettings(availableMemory(), sharedMemorySize()),
    ...options.settings,
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
  }
  return {
    program: binaries.postgres,
    cluster,
    arguments: serverArguments(cluster, settings),
    account,
    logFile: join(dataDir, 'postgres.log'),
    socketFolder,
  }
}

/** Closed to others; folders above it that have to be made are as folders usually are. */
export function makeDataFolder(dataDir: string): void {
  mkdirSync(dirname(dataDir), { recursive: true })
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
}

async function startServer(launch: Launch, options: EmbeddedOptions): Promise<Postmaster> {
  const begin = performance.now()
  const server = (await adoptReady(launch, options)) ?? (await launchReady(launch, options))
  const seconds = (performance.now() - begin) / 1000
  options.observe?.('embedded_database_started', { ...server, seconds })
  return server
}

/** One that ends while we look at it (its machine's shutdown, another's signal) is replaced. */
async function adoptReady(launch: Launch, options: EmbeddedOptions): Promise<Postmaster | undefined> {
  const server = await adopt(launch)
  if (server === undefined) return undefined
  try {
    await waitReady(server, launch, tellSlow(options))
    return server
  } catch (fault) {
    if (isAlive(server.pid)) throw fault
    return adoptReady(launch, options)
  }
}

async function launchReady(launch: Launch, options: EmbeddedOptions): Promise<Postmaster> {
  const server = launchServer(launch)
  await waitReady(server, launch, tellSlow(options))
  return server
}

function tellSlow({ progress }: EmbeddedOptions): (seconds: number) => void {
  return (seconds) => progress?.(`The database recovers from a crash (${seconds} s)`)
}

/** Watches by the process's id, which works for an adopted server as for a child of ours. */
function supervise(
  first: Postmaster,
  launch: Launch,
  options: EmbeddedOptions,
): Pick<EmbeddedDatabase, 'pid' | 'stop'> {
  const observe = options.observe ?? observeNothing
  const stopping = new AbortController()
  let server = first
  let restarting: Promise<void> | undefined
  const timer = setInterval(() => {
    if (restarting !== undefined || isAlive(server.pid)) return
    observe('embedded_database_exited', { pid: server.pid, reason: 'it ended by itself or was killed' })
    restarting = restart().finally(() => {
      restarting = undefined
    })
  }, LOOK_EVERY_MS)
  timer.unref()

  async function restart(): Promise<void> {
    for (let attempt = 0; !stopping.signal.aborted; attempt++) {
      await delay(RETRY_AFTER_MS[Math.min(attempt, RETRY_AFTER_MS.length - 1)], undefined, { ref: false })
      try {
        server = await startServer(launch, options)
        return
      } catch (error) {
        observe('fault', { during: 'the restart of the embedded database', error })
      }
    }
  }

  return {
    pid: () => server.pid,
    async stop() {
      stopping.abort()
      clearInterval(timer)
      await restarting
      await stopServer(server.pid)
    },
  }
}

/** initdb makes the database `postgres`; ours stands beside it. */
async function ensureDatabase(url: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url.replace(/tenon$/, 'postgres') })
  await admin.connect()
  try {
    const { rowCount } = await admin.query(`SELECT FROM pg_database WHERE datname = 'tenon'`)
    if (rowCount === 0) await admin.query('CREATE DATABASE tenon')
  } finally {
    await admin.end()
  }
}
