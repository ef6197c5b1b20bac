import type { Executor } from '../db/database.ts'

/**
 * A token that is another one whenever a record may have changed: who has it asks again cheaply before working figures
 * out anew. It holds the numbers that the last audit rows and events got and, while a transaction runs that may have
 * got some of those, which ones run: once they have ended the token is another.
 *
 * The numbers are read before the transactions: whoever takes a number after that is seen by the next token.
 * @param schema quoted
 */
export async function changeToken(db: Executor, schema: string): Promise<string> {
  const numbers = await db.query<{ audit: string; event: string }>({
    text:
      `SELECT a.last_value::text AS audit, e.last_value::text AS event ` +
      `FROM ${schema}.tenon_audit_id a, ${schema}.tenon_event_id_seq e`,
  })
  const running = await db.query<{ running: string | null }>({
    text: `SELECT CASE WHEN pg_snapshot_xmin(s) <> pg_snapshot_xmax(s) THEN s::text END AS running FROM pg_current_snapshot() s`,
  })
  const { audit, event } = numbers.rows[0]!
  const open = running.rows[0]?.running
  return [audit, event, ...(open === null || open === undefined ? [] : [open])].join('-')
}
