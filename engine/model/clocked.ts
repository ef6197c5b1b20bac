import type { DefinitionSet } from './compiled.ts'
import { allFlows } from './stalled-flow.ts'

/**
 * The dates by which flows wait for a time before or after, as keys of indexes, by entity: the clock must find the records
 * that are due without reading all.
 */
export function clockedByEntity(
  definitions: DefinitionSet,
): ReadonlyMap<string, readonly (readonly string[])[]> {
  const byEntity = new Map<string, string[][]>()
  for (const { trigger, active } of allFlows(definitions)) {
    const { record, time } = trigger
    if (active === false || record === undefined || time === undefined) continue
    byEntity.set(record, [...(byEntity.get(record) ?? []), [time.field]])
  }
  return byEntity
}
