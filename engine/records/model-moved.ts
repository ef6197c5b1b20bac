import { setTimeout as pause } from 'node:timers/promises'
import type { Executor } from '../db/database.ts'
import { AppError, problem } from '../errors.ts'
import type { RequestContext } from './context.ts'

/** A write met a newer version than the one it was planned on; it stored nothing and is planned again. */
export class ModelMovedError extends Error {
  constructor() {
    super('the model is no longer the one in force')
    this.name = 'ModelMovedError'
  }
}

/** The part of a write's condition that holds only while its model is the one in force. */
export function modelGuard(schema: string, version: string): string {
  return `(SELECT v.version FROM ${schema}.tenon_current v) = ${version}`
}

/** @throws ModelMovedError when the request's model is no longer in force */
export async function assertCurrent(context: RequestContext, runner: Executor): Promise<void> {
  const current = await runner.query<{ version: number }>({
    text: `SELECT version FROM ${context.model.schema}.tenon_current`,
  })
  if (Number(current.rows[0]?.version) !== context.model.version) throw new ModelMovedError()
}

const MAX_TRIES = 4

/**
 * Runs a write in a context, or just on a model; again on the newer model when one came into force meanwhile, and again as it is when PostgreSQL
 * ended it because two writes waited for each other. Nothing of an ended try is stored.
 * @param renew the context on the model in force now
 * @throws AppError RECORD_BUSY when others stood in its way each time
 */
export async function onCurrentModel<Context, T>(
  context: Context,
  renew: () => Promise<Context>,
  write: (context: Context) => Promise<T>,
): Promise<T> {
  let current = context
  for (let attempt = 1; ; attempt++) {
    try {
      return await write(current)
    } catch (error) {
      const isBlocked = BLOCKED_STATES.has(String((error as { code?: unknown }).code))
      if (!(error instanceof ModelMovedError) && !isBlocked) throw error
      if (attempt >= MAX_TRIES) throw isBlocked ? blocked(error) : error
      if (isBlocked) await pause(attempt * 20 * Math.random())
      else current = await renew()
    }
  }
}

/** SQLSTATEs of a transaction that PostgreSQL ended for another's sake: serialization failure, deadlock. */
const BLOCKED_STATES: ReadonlySet<string> = new Set(['40001', '40P01'])

function blocked(cause: unknown): AppError {
  return new AppError(problem('RECORD_BUSY'), { retryAfterSeconds: 1, cause })
}
