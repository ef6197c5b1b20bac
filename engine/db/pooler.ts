import type { Database } from './database.ts'
import { quoteName } from './values.ts'

/**
 * Makes the limit of a statement's time a default of our role in this database: a pooler between us and the server
 * refuses it in the first packet, and forgets it when a session setting moves to another client.
 * @param limitMs milliseconds
 */
export async function setStatementLimit(db: Database, limitMs = 30_000): Promise<void> {
  const { rows } = await db.query<{ name: string; role: string }>({
    text: 'SELECT current_database() AS name, current_user AS role',
  })
  for (const { name, role } of rows) {
    await db.transaction(
      (tx) =>
        tx.query({
          text: `ALTER ROLE ${quoteName(role)} IN DATABASE ${quoteName(name)} SET statement_timeout = ${Math.round(limitMs)}`,
        }),
      { direct: true },
    )
  }
}
