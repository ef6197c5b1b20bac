import type { Transaction } from '../db/database.ts'

/** Does something within a transaction that goes on although this fails. @throws what failed, undone */
export async function inSavepoint(tx: Transaction, work: () => Promise<unknown>): Promise<void> {
  await tx.query({ text: 'SAVEPOINT tenon_rows' })
  try {
    await work()
  } catch (error) {
    await tx.query({ text: 'ROLLBACK TO SAVEPOINT tenon_rows' })
    throw error
  }
  await tx.query({ text: 'RELEASE SAVEPOINT tenon_rows' })
}
