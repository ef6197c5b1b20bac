import { translateError } from '../db/trouble.ts'
import { AppError, problem, refuse } from '../errors.ts'

/** SQLSTATEs of a statement that is too much: stack depth, columns, arguments. */
const COSTLY_STATES: ReadonlySet<string> = new Set(['54000', '54001', '54011', '54023'])

/** SQLSTATEs of two transactions in each other's way. */
const BUSY_STATES: ReadonlySet<string> = new Set(['40001', '40P01', '55P03'])

/** The refusal that an error means for the client; undefined for a fault of ours, which is logged. */
export function faultOf(error: unknown): AppError | undefined {
  const known = translateError(error)
  if (known instanceof AppError) return known
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (COSTLY_STATES.has(code)) return new AppError(problem('QUERY_TOO_COSTLY'), { cause: error })
  if (BUSY_STATES.has(code)) return new AppError(problem('RECORD_BUSY'), { cause: error })
  // What Express' router says of an address whose percent-encoding is broken.
  if (error instanceof URIError) return refuse('HTTP_ADDRESS_INVALID')
  return undefined
}
