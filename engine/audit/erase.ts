import type { Executor } from '../db/database.ts'

/**
 * Erases what the audit keeps of records: values before and after, addresses, and the salt, without which the hash
 * that stays tells nothing of them. Who did what and when stays, and so does the chain of seals.
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
      `UPDATE ${schema}.tenon_audit a SET changes = NULL, address = NULL, salt = NULL ` +
      'WHERE a.record = ANY($1::uuid[]) AND a.salt IS NOT NULL',
    values: [recordIds],
  })
  return rowCount
}
