import type { WorkspaceEvent } from '../../events/event.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import type { ModelFlow } from './flow-index.ts'
import type { Candidate } from './match-events.ts'

/** What an approval leaves of an act in the audit, for those that follow it. */
interface ToldOutcome {
  /** The definition's id. */
  readonly approval?: unknown
  readonly run?: unknown
  readonly outcome?: unknown
}

/** The records that an outcome of an approval makes candidates of a flow. */
export function outcomesFor(
  { definitions }: CompiledModel,
  { trigger }: ModelFlow,
  events: readonly WorkspaceEvent[],
): readonly Candidate[] {
  const id = definitions.approval.get(trigger.approval ?? '')?.id
  return events.flatMap((event): readonly Candidate[] => {
    const { approval, run, outcome } = event.changes as ToldOutcome
    if (event.action !== 'approval' || event.record === null || approval !== id) return []
    if (typeof outcome !== 'string' || typeof run !== 'string') return []
    if (!((trigger.on ?? []) as readonly string[]).includes(outcome)) return []
    const cause = { by: 'approval', at: event.at, approval: run, outcome } as const
    return [{ record: event.record, cause, actor: event.actor, chain: [], after: {} }]
  })
}
