import type { FlowTrigger } from '../../../metadata/types.ts'
import type { DefinitionSet } from '../compiled.ts'

/** What an approval tells those that follow it. */
export const OUTCOMES = ['submitted', 'approved', 'not_needed', 'rejected', 'returned', 'withdrawn'] as const
export type ApprovalOutcome = (typeof OUTCOMES)[number]

/** The entity of the records that a flow is about: its own, or that of the approval which sets it off. */
export function entityOfTrigger(
  { record, approval }: Pick<FlowTrigger, 'record' | 'approval'>,
  { approval: approvals }: Pick<DefinitionSet, 'approval'>,
): string | undefined {
  return record ?? (approval === undefined ? undefined : approvals.get(approval)?.entity)
}
