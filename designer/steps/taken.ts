import type { JournalStep } from '../flows/api.ts'
import { isObject, type Json, valueAt } from '../store/json-value.ts'
import { flat, keyOfPath, type StepNode } from './step-tree.ts'

/**
 * What a run did with each step that is drawn. It went through the flow in force: a step is found again by its identity,
 * else by its place where the draft has the same thing there.
 */
export function takenOf(
  journal: readonly JournalStep[],
  inForce: Json | undefined,
  nodes: readonly StepNode[],
): ReadonlyMap<string, JournalStep['state']> {
  const drawn = flat(nodes)
  const taken = new Map<string, JournalStep['state']>()
  for (const { path, state } of journal) {
    const place = path.split('/').slice(1)
    const step = valueAt(inForce, place)
    const id = isObject(step) ? step.id : undefined
    const node =
      (id === undefined ? undefined : drawn.find((one) => one.step.id === id)) ??
      drawn.find((one) => keyOfPath(one.path) === keyOfPath(place) && one.step.do === (step as Json)?.do)
    if (node !== undefined) taken.set(keyOfPath(node.path), state)
  }
  return taken
}
