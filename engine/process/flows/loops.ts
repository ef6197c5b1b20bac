import { type Problem, problem } from '../../errors.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { allFlows } from '../../model/stalled-flow.ts'
import type { ModelFlow } from './flow-index.ts'
import type { ChainLink } from './run-store.ts'

/** Runs that may lead to one another, however many records and flows they pass through. */
const LONGEST_CHAIN = 10

/**
 * Why a run that another one led to is cut: its flow has been at this record before on the way, or the way is too long.
 * Without this two flows that answer each other would never end.
 */
export function loopFault(
  model: CompiledModel,
  flow: ModelFlow,
  record: string | undefined,
  chain: readonly ChainLink[],
): Problem | undefined {
  const isBack = chain.some((link) => link.flow === flow.id && link.record === (record ?? null))
  if (!isBack && chain.length < LONGEST_CHAIN) return undefined
  const names = new Map(allFlows(model.definitions).map(({ id, name }) => [id, name]))
  const way = [...chain.map((link) => names.get(link.flow) ?? '…'), flow.name].join(' → ')
  return problem('FLOW_LOOP', '', { params: { way } })
}
