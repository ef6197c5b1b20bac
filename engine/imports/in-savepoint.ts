import type { Transaction } from '../db/database.ts'

/** Does something within a transaction that goes on although this fails. @throws what failed, undone */
export async function inSavepoint<T>(tx: Transaction, work: () => Promise<T>): Promise<T> {
  await tx.query({ text: 'SAVEPOINT tenon_rows' })
  let done: T
  try {
    done = await work()
  } catch (error) {
    await tx.query({ text: 'ROLLBACK TO SAVEPOINT tenon_rows' })
    throw error
  }
  await tx.query({ text: 'RELEASE SAVEPOINT tenon_rows' })
  return done
}
