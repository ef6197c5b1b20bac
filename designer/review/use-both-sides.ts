import { useQueries } from '@tanstack/react-query'
import type { ChangesetItem, Fault } from '../api.ts'
import { addressOf, keyOf } from '../store/draft.ts'
import { isObject, type Json, type Path, valueAt } from '../store/json-value.ts'
import { inForceQuery } from './in-force-query.ts'
import { stepsOf } from './ProblemList.tsx'

/** What stands at a place that a draft and what is in force have changed differently. */
export interface BothSides {
  readonly kind: string
  readonly path: Path
  /** As the draft has it. */
  readonly definition: Json
  readonly ours: unknown
  readonly theirs: unknown
}

/**
 * Reads what both sides say at the places of conflicts.
 * @param items of the draft
 * @returns undefined for a place as long as its definition in force is not known, such as one that is called otherwise now
 */
export function useBothSides(
  conflicts: readonly Fault[],
  items: readonly ChangesetItem[],
): (pointer: string) => BothSides | undefined {
  const keys = [...new Set(conflicts.map(({ path }) => stepsOf(path).slice(0, 2).join('/')))]
  const inForce = useQueries({
    queries: keys.map((key) => {
      const { kind, name } = addressOf(key)
      return { ...inForceQuery(kind, name), staleTime: 0 } // it has changed just now
    }),
  })
  return (pointer) => {
    const [kind = '', name = '', ...path] = stepsOf(pointer)
    const key = keyOf({ kind, name })
    const definition = items.find((item) => keyOf(item) === key)?.definition
    const other = inForce[keys.indexOf(key)]?.data?.data
    if (definition == null || other === undefined) return undefined
    return {
      kind,
      path,
      definition,
      ours: valueAt(definition, path),
      theirs: valueBeside(definition, other, path),
    }
  }
}

/** What another state of a value has at a place: entries of lists are found by their ids, else by their names. */
export function valueBeside(own: unknown, other: unknown, path: Path): unknown {
  const [step, ...rest] = path
  if (step === undefined) return other
  if (Array.isArray(own) && Array.isArray(other)) {
    const entry: unknown = own[Number(step)]
    const known = identityOf(entry)
    if (known === undefined) return undefined
    return valueBeside(
      entry,
      other.find((one) => identityOf(one) === known),
      rest,
    )
  }
  return isObject(own) && isObject(other) ? valueBeside(own[step], other[step], rest) : undefined
}

const identityOf = (entry: unknown): unknown => (isObject(entry) ? (entry.id ?? entry.name) : undefined)
