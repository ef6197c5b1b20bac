import type { Transaction } from '../db/database.ts'
import { wake } from '../jobs/wake.ts'
import { type SettleSource, settlePilots } from './pilots/settle.ts'
import { settleSilent } from './silent/settle.ts'

/** Tells those who began a trial that a publish has ended it. */
export const ENDED_TRIALS_TASK = 'ended_trials'

/**
 * Takes pilots and silent runs over to what has come into force in this transaction, or ends them; who began one that
 * clashed is told when that is committed.
 * @param published the draft that has come into force
 */
export async function settleTrials(
  tx: Transaction,
  source: SettleSource & { readonly workspace: string },
  published?: string,
): Promise<void> {
  const { workspace } = source
  const clashes = (await settlePilots(tx, source, published)) + (await settleSilent(tx, source, published))
  if (clashes > 0) await wake(tx, ENDED_TRIALS_TASK, { workspace }, { key: workspace })
}
