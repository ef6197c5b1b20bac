import type { Registry } from '../registry/registry.ts'
import type { ChangesetItem } from './changesets.ts'
import type { RawDefinitions } from './check.ts'
import { checkDefinition } from './check-shape.ts'
import type { Definition, DefinitionSet, Kind } from './compiled.ts'
import { KIND_NAMES, toDefinitionSet } from './definition-set.ts'
import { addressOf } from './kinds/items.ts'
import { own } from './pointer.ts'
import { followRenames } from './rename.ts'

/** What would be in force if a draft were published, as nobody has checked it yet. */
export interface Candidate {
  readonly definitions: RawDefinitions
  /** Addresses (`entity/account`) of what the draft sets. */
  readonly changed: ReadonlySet<string>
}

/** A definition that returns under a new name takes the old one's place, by id. */
export function layOver(base: DefinitionSet, items: readonly ChangesetItem[]): Candidate {
  const maps = new Map(KIND_NAMES.map((kind) => [kind, new Map<string, unknown>(base[kind])]))
  const mapOf = (kind: Kind) => maps.get(kind) ?? new Map<string, unknown>()
  for (const { kind, name, definition } of items) {
    const map = mapOf(kind)
    const id = own(definition, 'id')
    map.delete(name)
    for (const [other, known] of map) if (id !== undefined && own(known, 'id') === id) map.delete(other)
  }
  for (const { kind, name, definition } of items) {
    if (definition !== undefined) mapOf(kind).set(name, definition)
  }
  const set = items.filter((item) => item.definition !== undefined)
  return {
    definitions: Object.fromEntries(maps) as unknown as RawDefinitions,
    changed: new Set(set.map(({ kind, name }) => addressOf(kind, name))),
  }
}

/**
 * What would be in force if a draft were published: its items over its base, and every mention of what they rename
 * with its new name.
 */
export function buildCandidate(
  base: DefinitionSet,
  items: readonly ChangesetItem[],
  registry: Registry,
): Candidate {
  const laid = layOver(base, items)
  const all = KIND_NAMES.flatMap((kind) =>
    [...laid.definitions[kind]].map(([name, definition]) => ({ kind, name, definition })),
  )
  const isSound = ({ kind, name, definition }: ChangesetItem) =>
    !laid.changed.has(addressOf(kind, name)) || checkDefinition(definition, kind, name, registry).length === 0
  const sound = new Set(all.filter(isSound))
  const definitions = toDefinitionSet([...sound].map((item) => item.definition as Definition))
  const followed = followRenames({ definitions: base, registry }, definitions)
  const unsound = all.filter((item) => !sound.has(item))
  const maps = KIND_NAMES.map((kind): [Kind, Map<string, unknown>] => [
    kind,
    new Map([
      ...(followed[kind] as ReadonlyMap<string, unknown>),
      ...unsound.filter((item) => item.kind === kind).map(rawEntry),
    ]),
  ])
  return { definitions: Object.fromEntries(maps) as unknown as RawDefinitions, changed: laid.changed }
}

function rawEntry({ name, definition }: ChangesetItem): [string, unknown] {
  return [name, definition]
}

/** A candidate that the check has found nothing against. */
export function toSound(definitions: RawDefinitions): DefinitionSet {
  return toDefinitionSet(KIND_NAMES.flatMap((kind) => [...definitions[kind].values()] as Definition[]))
}

/** What of a candidate has the right shape; the rest is passed over. */
export function soundOf(
  definitions: RawDefinitions,
  changed: ReadonlySet<string>,
  registry: Registry,
): DefinitionSet {
  return toDefinitionSet(
    KIND_NAMES.flatMap((kind) =>
      [...definitions[kind]]
        .filter(
          ([name, one]) =>
            !changed.has(addressOf(kind, name)) || checkDefinition(one, kind, name, registry).length === 0,
        )
        .map(([, one]) => one as Definition),
    ),
  )
}
