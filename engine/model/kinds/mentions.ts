import type { Who } from '../../../metadata/types.ts'
import { pointer } from '../pointer.ts'
import { followPath } from './follow.ts'
import type { ModelContext, Reference } from './kind-spec.ts'

/** The roles named by a list of people. */
export function whoReferences(people: readonly Who[] | undefined, at: string): readonly Reference[] {
  return (people ?? []).map((who, index) => ({
    path: at + pointer(index, 'role'),
    to: { kind: 'role', name: who.role },
  }))
}

/** Field names of one entity, each a string in a list. */
export function fieldReferences(
  entity: string,
  names: readonly string[] | undefined,
  at: string,
): readonly Reference[] {
  return (names ?? []).map((name, index) => ({
    path: at + pointer(index),
    to: { kind: 'entity', name: entity, item: name },
  }))
}

export interface PathPlace {
  /** JSON pointer to the string. */
  readonly at: string
  /** Where in the string the path begins. */
  readonly offset?: number
  readonly inRule?: true
}

/** The fields along a path such as `account.region`; system fields are nobody's definition. */
export function pathReferences(
  context: ModelContext,
  entity: string,
  path: string,
  { at, offset = 0, inRule }: PathPlace,
): readonly Reference[] {
  return followPath(context, entity, path)
    .filter((step) => step.place?.system !== true)
    .map((step) => ({
      path: at,
      to: { kind: 'entity', name: step.entity, item: step.name },
      span: [offset + step.start, offset + step.end],
      ...(inRule ? { inRule } : {}),
    }))
}
