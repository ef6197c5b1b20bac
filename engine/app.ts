import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Config } from './config.ts'
import { lockDataFolder } from './db/data-lock.ts'
import type { Database } from './db/database.ts'
import { makeDataFolder, startEmbedded } from './db/embedded/embedded.ts'
import { createWorkspace, migrateSystem, migrateWorkspaces } from './db/migrate.ts'
import { openDatabase } from './db/pool.ts'
import { checkServer, readServerFacts } from './db/server-check.ts'
import { AppError, refuse } from './errors.ts'
import { createObserver, type Observe } from './observe.ts'
import { createShutdown, type Shutdown } from './shutdown.ts'

/** One line a step, for the person who waits. */
export type Progress = (line: string) => void

export interface Engine {
  /** Where it answers, such as http://127.0.0.1:3000. */
  readonly url: string
  readonly database: Database
  /** What the person at the terminal should know besides the address: how to sign in. */
  readonly notes: readonly string[]
  /** Answers what is under way, then ends everything, the embedded database last. */
  close(): Promise<void>
}

/** The database of an engine or of a command, migrated, with a workspace in it. */
export interface Store {
  readonly database: Database
  /** For those who need connections of their own (the queue's workers): past a pooler. */
  readonly directUrl: string
  /** Whether this start made the first workspace. */
  readonly isNew: boolean
}

/**
 * Starts one Tenon: data folder, database, migrations, first workspace, HTTP.
 * @param shutdown what a signal that comes during the start runs
 * @throws AppError with a START_* problem; what was open by then is closed again
 */
export async function createEngine(
  config: Config,
  progress: Progress = () => undefined,
  shutdown: Shutdown = createShutdown(),
): Promise<Engine> {
  try {
    const observer = createObserver(config.logLevel)
    const { database } = await openStore(config, observer.observe, progress, shutdown)
    const server = createServer(async (request, response) => {
      const isReady = request.url !== '/readyz' || (await isDatabaseUp(database))
      response.writeHead(isReady ? 200 : 503, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ status: isReady ? 'ok' : 'unavailable' }))
    })
    const url = await listen(server, config)
    shutdown.add(() => stopListening(server))
    return { url, database, notes: [], close: () => shutdown.run() }
  } catch (fault) {
    await shutdown.run()
    throw fault
  }
}

/** Everything short of HTTP; commands of the shell stop here. */
export async function openStore(
  config: Config,
  observe: Observe,
  progress: Progress,
  shutdown: Shutdown,
): Promise<Store> {
  makeDataFolder(config.dataDir)
  const url = config.databaseUrl ?? (await startOwnDatabase(config, observe, progress, shutdown))
  const database = openDatabase({ url, directUrl: config.databaseDirectUrl, observe })
  shutdown.add(() => database.close())
  if (config.databaseUrl !== undefined) {
    const faults = checkServer(await readServerFacts(database))
    if (faults.length > 0) throw new AppError(faults)
  }
  await migrateSystem(database, observe)
  await migrateWorkspaces(database, observe)
  const workspace = await createWorkspace(database, 'default', observe)
  return { database, directUrl: config.databaseDirectUrl ?? url, isNew: workspace.created }
}

async function startOwnDatabase(
  config: Config,
  observe: Observe,
  progress: Progress,
  shutdown: Shutdown,
): Promise<string> {
  const lock = await lockDataFolder(config.dataDir, { progress })
  shutdown.add(() => lock.release())
  shutdown.atBegin(() => lock.markStopping())
  progress('Starting the database')
  const embedded = await startEmbedded({ dataDir: config.dataDir, progress, observe })
  shutdown.add(() => embedded.stop())
  return embedded.url
}

async function isDatabaseUp(database: Database): Promise<boolean> {
  return database.query({ text: 'SELECT 1' }).then(
    () => true,
    () => false,
  )
}

/** @throws AppError START_PORT_TAKEN, START_VARIABLE_INVALID for a host that is not ours */
function listen(server: Server, { host, port }: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (fault: NodeJS.ErrnoException) => reject(listenProblem(fault, host, port)))
    server.listen(port, host, () => {
      const { port: taken } = server.address() as AddressInfo
      const shown = host.includes(':') ? `[${host}]` : host
      resolve(`http://${shown}:${taken}`)
    })
  })
}

function listenProblem(fault: NodeJS.ErrnoException, host: string, port: number): Error {
  if (fault.code === 'EADDRINUSE') return refuse('START_PORT_TAKEN', '/PORT', { params: { port } })
  if (fault.code === 'EACCES') {
    const reason = `this user may not listen on port ${port}`
    return refuse('START_VARIABLE_INVALID', '/PORT', { params: { name: 'PORT', reason } })
  }
  const reason = `${host}: ${fault.message}`
  return refuse('START_VARIABLE_INVALID', '/HOST', { params: { name: 'HOST', reason } })
}

/** Lets requests under way finish, for five seconds at most. */
async function stopListening(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), 5_000)
  await closed
  clearTimeout(timer)
}
