import type { Registry } from '../registry/registry.ts'
import type { Candidate } from './candidate.ts'
import { checkCandidate, type RawDefinitions } from './check.ts'
import type { DefinitionSet, Kind } from './compiled.ts'
import { isKind, KIND_NAMES } from './definition-set.ts'
import { addressOf } from './kinds/items.ts'
import { pointerSteps } from './pointer.ts'

/** Each round takes something out, and what hangs on it in the next: names do not go deeper than this. */
const MOST_ROUNDS = 20

/**
 * What of a draft holds together: a definition that something is wrong with stands as it is in force, else it is left out,
 * and so is what names it. It says what things are called and what they come to while the rest is still being made;
 * nothing is published like that. Pure.
 * @returns undefined where nothing of it holds together
 */
export function soundPart(
  base: DefinitionSet,
  { definitions, changed }: Candidate,
  registry: Registry,
): RawDefinitions | undefined {
  const maps = new Map<Kind, Map<string, unknown>>(
    KIND_NAMES.map((kind) => [kind, new Map(definitions[kind])]),
  )
  const unsure = new Set(changed)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const candidate = Object.fromEntries(maps) as unknown as RawDefinitions
    const faulty = new Map(
      checkCandidate(candidate, registry, unsure).flatMap(({ path }) => {
        const [kind = '', name = ''] = pointerSteps(path)
        return isKind(kind) ? [[addressOf(kind, name), { kind, name }] as const] : []
      }),
    )
    if (faulty.size === 0) return candidate
    for (const [address, { kind, name }] of faulty) {
      const standing = unsure.delete(address) ? base[kind].get(name) : undefined
      if (standing === undefined) maps.get(kind)?.delete(name)
      else maps.get(kind)?.set(name, standing)
    }
  }
  return undefined
}
