import { AppError, problem } from '../errors.ts'

/** What a client should wait before it asks again while the database is away, in seconds. */
const RETRY_AFTER_SECONDS = 2

const LOST_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT', // the socket of an embedded database that is down
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  '57P01', // admin shutdown
  '57P02', // crash shutdown
  '57P03', // cannot connect now: starting, recovering, stopping
  '57P05', // idle session timeout
  '25006', // read-only: a fail-over left this connection on what is a replica now
])

/** Messages of pg itself, which have no code. */
const LOST_MESSAGES =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|timeout expired|Client was closed|Cannot use a pool after calling end|server conn crashed|query_wait_timeout)/

/** Whether the connection that met this error is of no use any more. */
export function isLostConnection(error: unknown): boolean {
  const { code, message, routine } = error as { code?: unknown; message?: unknown; routine?: unknown }
  if (typeof code === 'string') {
    if (LOST_CODES.has(code)) return true
    // The database takes no connections at the moment; of a statement the same code means something else.
    if (code === '55000' && routine === 'CheckMyDatabase') return true
    // 08: connection exception; 53: out of connections, memory or disk
    if (code.length === 5 && (code.startsWith('08') || code.startsWith('53'))) return true
    // A network fault of a host with several addresses carries its parts.
    if (error instanceof AggregateError) return error.errors.some(isLostConnection)
  }
  return typeof message === 'string' && LOST_MESSAGES.test(message)
}

/**
 * What a failed statement means to the caller: HTTP_UNAVAILABLE when the database is away, QUERY_TOO_COSTLY when
 * a statement ran out of time; every other error is left as it is, for the layer that knows the statement.
 */
export function translateError(error: unknown): unknown {
  if (error instanceof AppError) return error
  if (isLostConnection(error)) {
    return new AppError(problem('HTTP_UNAVAILABLE'), { retryAfterSeconds: RETRY_AFTER_SECONDS, cause: error })
  }
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (code === '57014' && String(message).includes('statement timeout')) {
    return new AppError(problem('QUERY_TOO_COSTLY'), { cause: error })
  }
  return error
}
