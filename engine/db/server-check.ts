import type { Problem } from '../errors.ts'
import { AppError, problem } from '../errors.ts'
import type { Database } from './database.ts'

/** What a server says of itself. */
export interface ServerFacts {
  /** `server_version_num`, such as 180004. */
  readonly versionNumber: number
  readonly version: string
  /** The database's encoding, such as UTF8. */
  readonly encoding: string
}

const OLDEST = 150_000

/**
 * Why a server cannot be used, as problems; [] when it can.
 * @param name the setting that leads there
 */
export function checkServer(facts: ServerFacts, name = 'DATABASE_URL'): Problem[] {
  const problems: Problem[] = []
  if (facts.versionNumber < OLDEST) {
    problems.push(problem('START_DATABASE_TOO_OLD', `/${name}`, { params: { found: facts.version } }))
  }
  if (facts.encoding !== 'UTF8') {
    problems.push(problem('START_DATABASE_ENCODING', `/${name}`, { params: { found: facts.encoding } }))
  }
  return problems
}

/**
 * Asks the server what it is.
 * @throws AppError START_DATABASE_UNREACHABLE with what the network or the server said
 */
export async function readServerFacts(db: Database, name = 'DATABASE_URL'): Promise<ServerFacts> {
  try {
    const { rows } = await db.query<{ number: string; version: string; encoding: string }>({
      text: `SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS version,
        pg_encoding_to_char(encoding) AS encoding FROM pg_database WHERE datname = current_database()`,
    })
    const [row] = rows
    if (row === undefined) throw new Error('the server does not list its own database')
    return { versionNumber: Number(row.number), version: row.version, encoding: row.encoding }
  } catch (fault) {
    throw unreachable(name, fault)
  }
}

/** START_DATABASE_UNREACHABLE with what the network or the server said. */
export function unreachable(name: string, fault: unknown): AppError {
  const params = { name, reason: reasonOf(fault) }
  return new AppError(problem('START_DATABASE_UNREACHABLE', `/${name}`, { params }), { cause: fault })
}

/** The words of the network or the server below our own error. */
function reasonOf(fault: unknown): string {
  const cause = fault instanceof AppError ? fault.cause : fault
  if (cause instanceof AggregateError && cause.errors.length > 0) return reasonOf(cause.errors[0])
  return cause instanceof Error && cause.message !== '' ? cause.message : String(cause)
}
