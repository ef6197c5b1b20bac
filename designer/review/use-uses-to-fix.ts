import { useQueries, useQueryClient } from '@tanstack/react-query'
import { type ChangesetItem, type Fault, putDefinition } from '../api.ts'
import { removeDefinition, type Taken } from '../store/check-api.ts'
import { type Address, addressOf, keyOf } from '../store/draft.ts'
import type { Json, Path } from '../store/json-value.ts'
import { isNamedAt, type Mention, namedIn, withoutUse, withReplaced } from './fix-uses.ts'
import { inForceQuery } from './in-force-query.ts'
import { stepsOf } from './ProblemList.tsx'

/** A place that names something which the draft takes away. */
export interface Use extends Mention {
  readonly key: string
  readonly of: Address
  readonly taken: Gone
  readonly definition: Json
}

/** What is taken away, and what may stand in its place. */
export type Gone = Omit<Taken, 'uses'>

/** What a person decides for a use: it goes, another name stands there, or it is put right later. */
export type Decision = 'remove' | 'keep' | { readonly replaceBy: string }

/** What an item is called by those who name it: the option of a field without the field. */
export const calledIn = ({ name, item }: Pick<Gone, 'name' | 'item'>): string =>
  item === undefined ? name : item.slice(item.lastIndexOf('/') + 1)

/** Whether the use can name something else. */
export const isReplaceable = ({ taken, definition, ...mention }: Use): boolean =>
  taken.others.length > 0 && isNamedAt(definition, mention, calledIn(taken))

/** The uses of what a draft takes away, in definitions as the draft has them; and the problems that do not come from them. */
export function useUsesToFix(
  items: readonly ChangesetItem[],
  problems: readonly Fault[],
  taken: readonly Taken[],
) {
  const drafted = new Map(items.map((item) => [keyOf(item), item.definition]))
  const named = taken.flatMap((one) => one.uses.map(({ definition }) => keyOf(definition)))
  const keys = [...new Set(named)].filter((key) => !drafted.has(key))
  const inForce = useQueries({
    queries: keys.map((key) => {
      const { kind, name } = addressOf(key)
      return inForceQuery(kind, name)
    }),
  })
  const before = new Map(keys.map((key, at) => [key, inForce[at]?.data?.data]))
  const uses = taken.flatMap(({ uses: places, ...gone }) =>
    places.flatMap((place): readonly Use[] => {
      const of = place.definition
      const definition = drafted.get(keyOf(of)) ?? before.get(keyOf(of))
      return definition === undefined ? [] : [asUse(gone, place, definition)]
    }),
  )
  const told = taken.flatMap(({ uses: places }) =>
    places.map(({ definition, path }) => `/${keyOf(definition)}${path}`),
  )
  const isTold = ({ path }: Fault): boolean =>
    told.some((place) => path === place || path.startsWith(`${place}/`))
  return { uses, others: problems.filter((problem) => !isTold(problem)) }
}

/** A use in a definition as somebody may change it. */
export function asUse(
  taken: Gone,
  { definition: of, path, in_key: inKey, span }: Taken['uses'][number],
  definition: Json,
): Use {
  const key = `/${keyOf(of)}${path} ${inKey ?? false}`
  const mention = { path: stepsOf(path), ...(inKey && { inKey }), ...(span && { span }) }
  const named = namedIn(definition, mention)
  return { key, of, taken, definition, ...mention, ...(named && { named }) }
}

/** Each definition with what was decided for its uses; null for one that goes. */
export function fixed(
  uses: readonly Use[],
  decide: (use: Use) => Decision,
): ReadonlyMap<string, Json | null> {
  const definitions = new Map<string, Json | null>()
  // From behind: what goes from a list moves what stands after it. Keys last: they are part of the paths below them.
  for (const use of [...uses].sort((one, other) => backwards(one.path, other.path))) {
    const decision = decide(use)
    const key = keyOf(use.of)
    const now = definitions.has(key) ? definitions.get(key)! : use.definition
    if (now === null || decision === 'keep') continue
    definitions.set(
      key,
      decision === 'remove' ? withoutUse(now, use) : withReplaced(now, use, decision.replaceBy),
    )
  }
  return definitions
}

/** Writes what was decided into the stored draft, definition by definition. */
export function useApplyFixes(changeset: string) {
  const client = useQueryClient()
  return async (uses: readonly Use[], decide: (use: Use) => Decision): Promise<void> => {
    for (const [key, definition] of fixed(uses, decide)) {
      const { kind, name } = addressOf(key)
      if (definition === null) await removeDefinition(changeset, kind, name)
      else await putDefinition(changeset, kind, name, definition)
    }
    await client.invalidateQueries({ queryKey: ['meta', 'changeset', changeset] })
  }
}

function backwards(one: Path, other: Path): number {
  for (const [at, step] of one.entries()) {
    const there = other[at]
    if (there === undefined) return -1
    if (step === there) continue
    return /^\d+$/.test(step) && /^\d+$/.test(there)
      ? Number(there) - Number(step)
      : there.localeCompare(step)
  }
  return 1
}
