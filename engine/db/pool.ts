import { availableParallelism } from 'node:os'
import pg from 'pg'
import { type Observe, observeNothing } from '../observe.ts'
import type {
  Database,
  Executor,
  Rows,
  Session,
  Statement,
  Transaction,
  TransactionOptions,
} from './database.ts'
import { listenOn } from './listen.ts'
import { SESSION_SETTINGS } from './pooler.ts'
import { isLostConnection, translateError } from './trouble.ts'
import { typeParsers } from './values.ts'

export interface DatabaseOptions {
  readonly url: string
  /** Past a pooler; where it is given, `url` leads through one. */
  readonly directUrl?: string | undefined
  /** Connections for statements, four a core by default. */
  readonly poolSize?: number
  /** Connections for DDL, session locks and direct transactions, 6 by default. */
  readonly directPoolSize?: number
  /** Milliseconds for one statement, 30,000 by default, 0 = no limit. */
  readonly statementTimeoutMs?: number
  /** Milliseconds to wait for a free connection, 10,000 by default. */
  readonly connectTimeoutMs?: number
  readonly observe?: Observe
}

/**
 * A server works on as many statements at a time as it has cores; a few more keep it busy while some wait for the
 * disk. Beyond that each takes the caches from the next: on two cores creates went from 2,560 a second with 16
 * connections to 3,270 with 8, reads stayed as they were.
 */
const STATEMENT_CONNECTIONS = Math.min(32, Math.max(8, availableParallelism() * 4))

/**
 * Opens the pools; connects when first used and reconnects by itself. Errors of a lost or refused connection are
 * AppError HTTP_UNAVAILABLE, of a statement out of time QUERY_TOO_COSTLY, all others pg's own.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const watch = watchConnections(options.observe ?? observeNothing)
  const main = openPool(options, watch, options.directUrl !== undefined)
  const direct = openPool(
    { ...options, url: options.directUrl ?? options.url, poolSize: options.directPoolSize ?? 6 },
    watch,
    false,
  )
  const ended = new Set<() => Promise<void>>()
  let awaited = 0
  const counted =
    <A extends unknown[], T>(run: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      awaited++
      try {
        return await run(...given)
      } finally {
        awaited--
      }
    }
  const background: Database = {
    query: (statement) => queryOnce(main, statement),
    transaction: (work, choice = {}) => runTransaction(choice.direct === true ? direct : main, work, choice),
    session: (work) => runSession(direct, work),
    async listen(channel, onPayload, onReconnect) {
      const end = await listenOn(() => new pg.Client(directConfig(options)), channel, onPayload, onReconnect)
      ended.add(end)
      return async () => {
        ended.delete(end)
        await end()
      }
    },
    isBusy: () => awaited > 0,
    get background() {
      return background
    },
    async close() {
      watch.end()
      await Promise.all([...ended].map((end) => end()))
      await Promise.all([main.end(), direct.end()])
    },
  }
  const { query, transaction } = background
  return {
    ...background,
    query: counted(query) as Database['query'],
    transaction: counted(transaction) as Database['transaction'],
    background,
  }
}

/** A connection of a server that is reached directly takes its settings in the first packet, at no cost. */
function directConfig(options: DatabaseOptions): pg.ClientConfig {
  const settings = { ...SESSION_SETTINGS, statement_timeout: options.statementTimeoutMs ?? 30_000 }
  return {
    connectionString: options.directUrl ?? options.url,
    types: typeParsers,
    application_name: 'tenon',
    keepAlive: true,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  }
}

function openPool(options: DatabaseOptions, watch: Watch, pooled: boolean): pg.Pool {
  const config = directConfig({ ...options, directUrl: options.url })
  const pool = new pg.Pool({
    ...config,
    max: options.poolSize ?? STATEMENT_CONNECTIONS,
    idleTimeoutMillis: 60_000,
    ...(pooled ? { options: undefined, onConnect: applySettings } : {}),
  })
  pool.on('connect', (client) => {
    // A checked-out client without a listener would end the process when its connection breaks.
    client.on('error', watch.lost)
    watch.connected()
  })
  pool.on('error', watch.lost)
  return pool
}

/**
 * A plain pool past the pooler, for a library that brings its own statements. No loss of a connection ends the
 * process, checked out or not: every client has a listener. The caller ends it.
 */
export function openPlainPool(url: string, size: number, observe: Observe): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: size, application_name: 'tenon', keepAlive: true })
  const told = (error: Error) => observe('database_lost', { reason: error.message })
  pool.on('error', told)
  pool.on('connect', (client) => client.on('error', told))
  return pool
}

/** PgBouncer refuses start-up options; `setRoleDefaults` does the rest. */
async function applySettings(client: pg.ClientBase): Promise<void> {
  const settings = Object.entries(SESSION_SETTINGS).map(([name, value]) => `SET ${name} = '${value}'`)
  await client.query(settings.join('; '))
}

interface Watch {
  /** From here on connections end because we want it. */
  end(): void
  lost(error: Error): void
  connected(): void
}

/** Tells once that the database went away and once that it is back, not for every connection. */
function watchConnections(observe: Observe): Watch {
  let lostAt: number | undefined
  let isOver = false
  return {
    end() {
      isOver = true
    },
    lost(error) {
      if (lostAt !== undefined || isOver) return
      lostAt = performance.now()
      observe('database_lost', { reason: error.message })
    },
    connected() {
      if (lostAt === undefined) return
      observe('database_back', { seconds: (performance.now() - lostAt) / 1000 })
      lostAt = undefined
    },
  }
}

/**
 * The hot path: callbacks, one promise. Not `pool.query`, which throws the connection and its prepared statements
 * away after any error, a refused unique value as well.
 */
function queryOnce<Row>(pool: pg.Pool, statement: Statement): Promise<Rows<Row>> {
  return new Promise((resolve, reject) => {
    pool.connect((fault, client, release) => {
      if (fault !== undefined || client === undefined) return reject(translateError(fault))
      client.query(statement as pg.QueryConfig, (error: Error | null, result: pg.QueryResult) => {
        if (error) {
          release(isLostConnection(error))
          return reject(translateError(error))
        }
        release()
        resolve(result as unknown as Rows<Row>)
      })
    })
  })
}

function executor(client: pg.ClientBase): Executor {
  return {
    async query<Row>(statement: Statement): Promise<Rows<Row>> {
      try {
        return (await client.query(statement as pg.QueryConfig)) as unknown as Rows<Row>
      } catch (error) {
        throw translateError(error)
      }
    },
  }
}

async function takeClient(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw translateError(error)
  }
}

async function runTransaction<T>(
  pool: pg.Pool,
  work: (tx: Transaction) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const client = await takeClient(pool)
  let broken = false
  try {
    await client.query(beginText(options))
    const result = await work({ ...executor(client), inTransaction: true })
    const ended = await client.query('COMMIT')
    // A statement failed and its error was swallowed: PostgreSQL answers COMMIT with ROLLBACK, without an error.
    if (ended.command !== 'COMMIT') throw new Error('the transaction had failed and was rolled back')
    return result
  } catch (error) {
    broken = await rollBack(client, error)
    throw translateError(error)
  } finally {
    client.release(broken || options.alone === true)
  }
}

function beginText({ lockTimeoutMs, statementTimeoutMs }: TransactionOptions): string {
  const settings = { lock_timeout: lockTimeoutMs, statement_timeout: statementTimeoutMs }
  const lines = Object.entries(settings)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `; SET LOCAL ${name} = ${Math.round(value ?? 0)}`)
  return `BEGIN${lines.join('')}`
}

/** @returns whether the connection is of no use any more */
async function rollBack(client: pg.PoolClient, error: unknown): Promise<boolean> {
  const cause = (error as { cause?: unknown }).cause
  if (isLostConnection(error) || (cause !== undefined && isLostConnection(cause))) return true
  try {
    await client.query('ROLLBACK')
    return false
  } catch {
    return true // the server will roll back what the closed connection leaves behind
  }
}

async function runSession<T>(pool: pg.Pool, work: (session: Session) => Promise<T>): Promise<T> {
  const client = await takeClient(pool)
  try {
    return await work({ ...executor(client), inTransaction: false })
  } finally {
    client.release(true) // closed, so that its locks and settings end with it
  }
}
