import type { Registry } from '../registry/registry.ts'
import { contentOf } from './apply-content.ts'
import { builtIn, extendBuiltIn } from './built-in.ts'
import { buildCandidate } from './candidate.ts'
import { equalDefinitions } from './canonical.ts'
import type { ChangesetItem } from './changesets.ts'
import { checkCandidate } from './check.ts'
import type { Definition, DefinitionSet, Kind } from './compiled.ts'
import { findDefinition, isContentKind, listDefinitions } from './definition-set.ts'
import { pointerSteps } from './pointer.ts'

/**
 * The draft that brings an earlier version back. Pure. The engine's own definitions stay as they are
 * but for the fields that were added to them. Content has a
 * history of its own: what publishes have changed since goes back with them, what people have saved since stays,
 * unless it speaks of something that goes away.
 * @param inForce what is in force now
 * @param latest the snapshot of the version in force
 * @param target the snapshot of the version to return to
 */
export function planRestore(
  inForce: DefinitionSet,
  latest: DefinitionSet,
  target: DefinitionSet,
  registry: Registry,
): readonly ChangesetItem[] {
  const items = [
    ...differences(modelOf(inForce), modelOf(target), registry),
    ...differences(contentOf(latest), contentOf(target), registry),
  ]
  return [...items, ...brokenContent(inForce, target, items, registry)]
}

function modelOf(set: DefinitionSet): readonly Definition[] {
  return listDefinitions(set)
    .filter(({ kind }) => !isContentKind(kind))
    .map((definition) => {
      const engineOwn = builtIn(definition.kind, definition.name)
      return engineOwn === undefined ? definition : extendBuiltIn(engineOwn, definition)
    })
}

/** The items that turn one list of definitions into another. */
export function differences(
  from: readonly Definition[],
  to: readonly Definition[],
  registry: Registry,
): readonly ChangesetItem[] {
  const key = ({ kind, name }: Definition) => `${kind}/${name}`
  const before = new Map(from.map((definition) => [key(definition), definition]))
  const after = new Set(to.map(key))
  return [
    ...to
      .filter((definition) => !equalDefinitions(before.get(key(definition)), definition, registry))
      .map((definition): ChangesetItem => ({ kind: definition.kind, name: definition.name, definition })),
    ...from
      .filter((definition) => !after.has(key(definition)))
      .map(({ kind, name }): ChangesetItem => ({ kind, name, definition: undefined })),
  ]
}

/** Content that would speak of something unknown goes back to what it was, or away if it was not there. */
function brokenContent(
  inForce: DefinitionSet,
  target: DefinitionSet,
  items: readonly ChangesetItem[],
  registry: Registry,
): readonly ChangesetItem[] {
  const candidate = buildCandidate(inForce, items, registry)
  const places = checkCandidate(candidate.definitions, registry, candidate.changed).map(({ path }) => {
    const [kind = '', name = ''] = pointerSteps(path)
    return `${kind}/${name}`
  })
  const broken = new Set(places)
  return contentOf(inForce)
    .filter(({ kind, name }) => broken.has(`${kind}/${name}`))
    .map(({ kind, name }) => ({ kind, name, definition: findDefinition(target, kind as Kind, name) }))
}
