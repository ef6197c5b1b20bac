import type { Executor } from '../db/database.ts'
import type { RequestContext } from './context.ts'

/** Carries the outcome of a dry run out of its transaction, which rolls back on it. */
class DryRunDone<T> extends Error {
  readonly outcome: T
  constructor(outcome: T) {
    super('a dry run ends here')
    this.outcome = outcome
  }
}

/**
 * Runs a write in the transaction that is there, or in its own; a dry run is rolled back and gives what it
 * would have given.
 */
export async function inWrite<T>(
  context: RequestContext,
  options: { readonly isDryRun?: boolean; readonly runner?: Executor },
  write: (tx: Executor) => Promise<T>,
): Promise<T> {
  if (options.runner !== undefined) return await write(options.runner)
  try {
    return await context.db.transaction(async (tx) => {
      const outcome = await write(tx)
      if (options.isDryRun === true) throw new DryRunDone(outcome)
      return outcome
    })
  } catch (error) {
    if (error instanceof DryRunDone) return (error as DryRunDone<T>).outcome
    throw error
  }
}
