import type { Transaction } from '../../db/database.ts'
import type { ModelFlow } from './flow-index.ts'

/** First half of the advisory locks of flows that let only so many runs work at a time; any number nobody else takes. */
const FLOW_LOCK = 7_362_067

/** Takes one of the places of a flow's concurrency for the time of the transaction, on whatever node. */
export async function isSlotFree(
  tx: Transaction,
  schema: string,
  { id, concurrency }: ModelFlow,
): Promise<boolean> {
  for (let place = 0; concurrency !== undefined && place < concurrency; place++) {
    const { rows } = await tx.query<{ held: boolean }>({
      text: 'SELECT pg_try_advisory_xact_lock($1::int, hashtext($2)) AS held',
      values: [FLOW_LOCK, `${schema} ${id} ${place}`],
    })
    if (rows[0]?.held === true) return true
  }
  return concurrency === undefined
}
