import type { Executor } from '../db/database.ts'
import { payloadHashSql } from './row-sql.ts'

/**
 * Erases what the audit keeps of records: values before and after, addresses, and the salt. Their hash takes their
 * place, so that the seals hold, and tells nothing without the salt. Who did what and when stays, and so does the chain of seals.
 * @param schema the workspace's, quoted
 * @returns how many rows lost their payload
 */
export async function eraseAudit(
  db: Executor,
  schema: string,
  recordIds: readonly string[],
): Promise<number> {
  const { rowCount } = await db.query({
    text:
      `UPDATE ${schema}.tenon_audit a SET hash = ${payloadHashSql('a')}, ` +
      `changes = NULL, address = NULL, salt = NULL ` +
      'WHERE a.record = ANY($1::uuid[]) AND a.salt IS NOT NULL',
    values: [recordIds],
  })
  return rowCount
}
