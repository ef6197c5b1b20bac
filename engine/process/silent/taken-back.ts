import type { Database, Transaction } from '../../db/database.ts'

/** Whoever holds what is looked at is not waited for, and nothing is held for long, milliseconds. */
export const SHORT = { lockTimeoutMs: 200, statementTimeoutMs: 2_000 } as const

class Undone extends Error {}

/** What work gives that is done and taken back. */
export async function takenBack<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  let done: { readonly outcome: T } | undefined
  try {
    await db.transaction(async (tx) => {
      done = { outcome: await work(tx) }
      throw new Undone('nothing of it stays')
    }, SHORT)
  } catch (error) {
    if (done === undefined || !(error instanceof Undone)) throw error
  }
  return done!.outcome
}
