import { useQueries, useQueryClient } from '@tanstack/react-query'
import { type ChangesetItem, type Fault, getDefinition, putDefinition } from '../api.ts'
import { type Address, addressOf, keyOf } from '../store/draft.ts'
import type { Json, Path } from '../store/json-value.ts'
import { mentionsAt, type Taken, takenFrom, withoutUse, withReplaced } from './fix-uses.ts'
import { stepsOf } from './ProblemList.tsx'

/** A place that names something which the draft takes away. */
export interface Use {
  readonly problem: Fault
  readonly of: Address
  /** In the definition. */
  readonly path: Path
  readonly taken: Taken
  readonly definition: Json
}

/** What a person decides for a use: it goes, or another name stands there. */
export type Decision = 'remove' | { readonly replaceBy: string }

const UNKNOWN: ReadonlySet<string> = new Set([
  ...['META_REFERENCE_UNKNOWN', 'RULE_FIELD_UNKNOWN', 'RULE_OPTION_UNKNOWN', 'RULE_NAME_UNKNOWN'],
])

/** The problems of a draft that come from what it takes away, with what it takes away; and the others. */
export function useUsesToFix(items: readonly ChangesetItem[], problems: readonly Fault[]) {
  const unknown = problems.filter(({ code }) => UNKNOWN.has(code))
  const keys = [
    ...new Set([...unknown.map(({ path }) => stepsOf(path).slice(0, 2).join('/')), ...items.map(keyOf)]),
  ]
  const inForce = useQueries({
    queries: keys.map((key) => {
      const { kind, name } = addressOf(key)
      return {
        queryKey: ['meta', 'definition', kind, name, 'in force'],
        queryFn: () => getDefinition(kind, name),
        enabled: unknown.length > 0,
        retry: false,
      }
    }),
  })
  const before = new Map(keys.map((key, at) => [key, inForce[at]?.data?.data]))
  const drafted = new Map(items.map((item) => [keyOf(item), item.definition]))
  const taken = items.flatMap((item) => {
    const was = before.get(keyOf(item))
    return was === undefined ? [] : takenFrom(item.kind, item.name, was, item.definition)
  })
  const uses = unknown.flatMap((problem): readonly Use[] => {
    const [kind = '', name = '', ...path] = stepsOf(problem.path)
    const definition = drafted.get(`${kind}/${name}`) ?? before.get(`${kind}/${name}`)
    if (definition === undefined || definition === null) return []
    const mentions = mentionsAt(definition, path)
    const found = taken.find(({ item, name: whole }) => mentions.includes(item ?? whole))
    return found === undefined ? [] : [{ problem, of: { kind, name }, path, taken: found, definition }]
  })
  const fixable = new Set(uses.map(({ problem }) => problem))
  return { uses, others: problems.filter((problem) => !fixable.has(problem)) }
}

/** Writes what was decided into the draft, definition by definition. */
export function useApplyFixes(changeset: string) {
  const client = useQueryClient()
  return async (uses: readonly Use[], decide: (use: Use) => Decision): Promise<void> => {
    const definitions = new Map<string, Json>()
    // From behind: what goes from a list moves what stands after it.
    for (const use of [...uses].sort((one, other) => backwards(one.path, other.path))) {
      const key = keyOf(use.of)
      const now = definitions.get(key) ?? use.definition
      const decision = decide(use)
      const next =
        decision === 'remove'
          ? withoutUse(now, use.path)
          : withReplaced(now, use.path, use.taken.item ?? use.taken.name, decision.replaceBy)
      definitions.set(key, next)
    }
    for (const [key, definition] of definitions) {
      const { kind, name } = addressOf(key)
      await putDefinition(changeset, kind, name, definition)
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
