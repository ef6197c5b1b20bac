import type { Transaction } from '../../db/database.ts'
import { AppError, refuse } from '../../errors.ts'
import type { Registry } from '../../registry/registry.ts'
import type { ChangesetItem } from '../changesets.ts'
import type { DefinitionSet } from '../compiled.ts'
import { carriedOver, type SettleSource } from '../pilots/settle.ts'
import { loadState } from '../state.ts'
import { endSilent, loadRunningSilent, moveSilent } from './silent-run.ts'
import { type SilentCandidate, silentCandidate } from './watched.ts'

/**
 * What a silent run compares.
 * @throws AppError META_SILENT_EMPTY where the draft changes nothing that could be, META_SILENT_UNFIT where nothing of it can,
 *   and with every problem of the check
 */
export function runnable(
  inForce: DefinitionSet,
  items: readonly ChangesetItem[],
  registry: Registry,
): SilentCandidate {
  const candidate = silentCandidate(inForce, items, registry)
  if (candidate.watched.length > 0) return candidate
  if (candidate.faults.length > 0) throw new AppError(candidate.faults)
  throw refuse('META_SILENT_EMPTY')
}

/** Takes silent runs over to what has come into force in this transaction, as `settlePilots` does with pilots. @returns likewise */
export async function settleSilent(
  tx: Transaction,
  { schema, registry, state: before }: SettleSource,
  published?: string,
): Promise<number> {
  const running = await loadRunningSilent(tx, schema)
  if (running.length === 0) return 0
  let clashes = 0
  const now = await loadState(tx, schema)
  for (const run of running) {
    if (run.changeset === published) {
      await endSilent(tx, schema, run.changeset, { why: 'published' })
      continue
    }
    const moved = carriedOver(run.items, before, now, registry, runnable)
    if ('items' in moved) await moveSilent(tx, schema, run.id, moved.items)
    else if (await endSilent(tx, schema, run.changeset, { why: 'clash', problems: moved.problems }))
      clashes += 1
  }
  return clashes
}
