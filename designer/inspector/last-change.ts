import { isObject, isSame, type Json, type Path } from '../store/json-value.ts'

/** A change of a definition that came into force; null where it was not there, or is no more. */
export interface Changed {
  readonly before: Json | null
  readonly after: Json | null
}

/** Where something stands: a key, or an entry by what it is and not by its place among the others. */
type Step = string | { readonly by: 'id' | 'name'; readonly is: unknown; readonly at: number }

/**
 * The change that made a place what it is. Pure.
 * @param changes newest first
 * @param inForce the definition as it is
 * @returns undefined where nothing is known of it
 */
export function lastChange<C extends Changed>(
  changes: readonly C[],
  inForce: Json,
  path: Path,
): C | undefined {
  const steps = stepsOf(inForce, path)
  return changes.find(({ before, after }) => !isSame(valueThere(before, steps), valueThere(after, steps)))
}

function stepsOf(definition: Json, path: Path): readonly Step[] {
  let here: unknown = definition
  return path.map((step): Step => {
    const list = here
    here = Array.isArray(list) ? list[Number(step)] : isObject(list) ? list[step] : undefined
    if (!Array.isArray(list)) return step
    if (isObject(here) && typeof here.id === 'string') return { by: 'id', is: here.id, at: Number(step) }
    if (isObject(here) && typeof here.name === 'string')
      return { by: 'name', is: here.name, at: Number(step) }
    return step
  })
}

function valueThere(definition: Json | null, steps: readonly Step[]): unknown {
  return steps.reduce<unknown>((here, step) => {
    if (typeof step !== 'string')
      return Array.isArray(here)
        ? here.find((one: unknown) => isObject(one) && one[step.by] === step.is)
        : undefined
    if (Array.isArray(here)) return here[Number(step)]
    return isObject(here) && Object.hasOwn(here, step) ? here[step] : undefined
  }, definition ?? undefined)
}
