import type { Executor } from '../db/database.ts'
import { quoteName } from '../db/values.ts'

/** Records above which an index is built beside the traffic and not while writers wait. */
export const LARGE_TABLE_RECORDS = 10_000

/**
 * Which of the tables hold more records than may wait. Counts no further than it must.
 * @param schema quoted
 * @param tables unquoted names of tables that exist
 */
export async function findLargeTables(
  db: Executor,
  schema: string,
  tables: Iterable<string>,
  most = LARGE_TABLE_RECORDS,
): Promise<ReadonlySet<string>> {
  const large = new Set<string>()
  for (const table of new Set(tables)) {
    const { rows } = await db.query<{ is_large: boolean }>({
      text: `SELECT count(*) > $1 AS is_large FROM (SELECT FROM ${schema}.${quoteName(table)} LIMIT $1 + 1) AS t`,
      values: [most],
    })
    if (rows[0]?.is_large === true) large.add(table)
  }
  return large
}
