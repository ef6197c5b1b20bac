import type { Transaction } from '../../db/database.ts'
import { AppError, type Problem } from '../../errors.ts'
import type { Registry } from '../../registry/registry.ts'
import { buildCandidate, toSound } from '../candidate.ts'
import type { ChangesetItem } from '../changesets.ts'
import { checkCandidate } from '../check.ts'
import type { DefinitionSet } from '../compiled.ts'
import { mergeItems } from '../rebase.ts'
import { loadState, type WorkspaceState } from '../state.ts'
import { pilotFaults } from './fit.ts'
import { endPilot, loadRunningPilots, moveItems } from './pilot.ts'

/**
 * What people of a pilot have instead of what is in force.
 * @throws AppError with every problem of the check, META_PILOT_UNFIT
 */
export function pilotCandidate(
  inForce: DefinitionSet,
  items: readonly ChangesetItem[],
  registry: Registry,
): DefinitionSet {
  const { definitions, changed } = buildCandidate(inForce, items, registry)
  const problems = checkCandidate(definitions, registry, changed)
  if (problems.length > 0) throw new AppError(problems)
  const candidate = toSound(definitions)
  const faults = pilotFaults(inForce, candidate, registry)
  if (faults.length > 0) throw new AppError(faults)
  return candidate
}

export interface SettleSource {
  /** Quoted. */
  readonly schema: string
  readonly registry: Registry
  /** What was in force when the transaction began, on which every pilot that runs stands. */
  readonly state: WorkspaceState
}

/**
 * Takes the pilots that run over to what has come into force in this transaction: merged with it as drafts are, or ended
 * with the reason where they clash or no longer check.
 * @param published the draft that has come into force: nobody tries it any more
 * @returns how many have ended by a clash
 */
export async function settlePilots(
  tx: Transaction,
  { schema, registry, state: before }: SettleSource,
  published?: string,
): Promise<number> {
  const running = await loadRunningPilots(tx, schema)
  if (running.length === 0) return 0
  let clashes = 0
  const now = await loadState(tx, schema)
  for (const pilot of running) {
    if (pilot.changeset === published) {
      await endPilot(tx, schema, pilot.changeset, { why: 'published' })
      continue
    }
    const moved = carriedOver(pilot.items, before, now, registry, pilotCandidate)
    if ('items' in moved) await moveItems(tx, schema, pilot.id, moved.items)
    else if (await endPilot(tx, schema, pilot.changeset, { why: 'clash', problems: moved.problems }))
      clashes += 1
  }
  return clashes
}

/**
 * The definitions of a trial on what has come into force: merged with it as drafts are.
 * @param judge throws an AppError where the trial does not hold on that
 */
export function carriedOver(
  items: readonly ChangesetItem[],
  before: WorkspaceState,
  now: WorkspaceState,
  registry: Registry,
  judge: (inForce: DefinitionSet, items: readonly ChangesetItem[], registry: Registry) => unknown,
): { readonly items: readonly ChangesetItem[] } | { readonly problems: readonly Problem[] } {
  try {
    const stood = items.map((item) => ({ ...item, baseVersion: before.version }))
    const merged = mergeItems(
      new Map([[before.version, before.definitions]]),
      { definitions: now.definitions, version: now.version, registry },
      stood,
    )
    judge(now.definitions, merged, registry)
    return { items: merged }
  } catch (error) {
    if (error instanceof AppError) return { problems: error.problems }
    throw error
  }
}
