import type { Executor } from '../db/database.ts'

/** Runs a part of an open transaction that may fail without ending it: what the part stored is then taken back. */
export async function inSavepoint<T>(tx: Executor, work: () => Promise<T>): Promise<T> {
  await tx.query({ text: 'SAVEPOINT tenon_part' })
  let outcome: T
  try {
    outcome = await work()
  } catch (error) {
    await tx.query({ text: 'ROLLBACK TO SAVEPOINT tenon_part' })
    await tx.query({ text: 'RELEASE SAVEPOINT tenon_part' })
    throw error
  }
  await tx.query({ text: 'RELEASE SAVEPOINT tenon_part' })
  return outcome
}

/** Runs a part of an open transaction and takes back what it stored, whatever comes of it. */
export async function inDroppedSavepoint(tx: Executor, work: () => Promise<void>): Promise<void> {
  await tx.query({ text: 'SAVEPOINT tenon_look' })
  try {
    await work()
  } finally {
    await tx.query({ text: 'ROLLBACK TO SAVEPOINT tenon_look' })
    await tx.query({ text: 'RELEASE SAVEPOINT tenon_look' })
  }
}
