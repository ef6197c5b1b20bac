import type { Transaction } from '../db/database.ts'
import { quoteName } from '../db/values.ts'
import type { DdlPlan } from './ddl.ts'
import type { ReachPoint } from './reach.ts'

/**
 * Takes the locks of a change of tables, one after the other in their fixed order.
 * @throws pg error 55P03 when one is not free within the transaction's lock_timeout
 */
export async function lockTables(
  tx: Transaction,
  schema: string,
  locks: DdlPlan['locks'],
  reach: ReachPoint,
): Promise<void> {
  for (const { table, mode } of locks) {
    await tx.query({ text: `LOCK TABLE ${schema}.${quoteName(table)} IN ${mode} MODE` })
    await reach(`locked ${table}`)
  }
}

/**
 * Takes the lock that lets one publish at a time into a workspace; ends with the transaction.
 * @throws pg error 55P03 when another holds it for longer than the transaction's lock_timeout
 */
export async function lockWorkspaceModel(tx: Transaction, schema: string): Promise<void> {
  await tx.query({
    text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: [`tenon:model:${schema}`],
  })
}
