import type { Executor } from '../db/database.ts'
import type { Registry } from '../registry/registry.ts'
import type { CompiledModel, DefinitionSet } from './compiled.ts'
import { followRenames } from './rename.ts'
import { loadVersion } from './versions.ts'

const MAX_KEPT = 200

/** A definition of a version: its identity and the version's number. */
export interface PinnedVersion {
  readonly id: string
  readonly version: number
}

/** A definition as it was in a version; undefined where it was none of it. */
export type Pinned<D> = (
  db: Executor,
  model: CompiledModel,
  registry: Registry,
  of: PinnedVersion,
) => Promise<D | undefined>

/**
 * Definitions of a kind as they were when something began on them. What has been renamed since goes by its new name. They are
 * kept beside the model in force.
 * @param find the definition of that id among others
 */
export function pinning<D extends { readonly id: string; readonly name: string }>(
  kind: 'approval' | 'flow',
  find: (definitions: DefinitionSet, id: string) => D | undefined,
): Pinned<D> {
  const kept = new WeakMap<CompiledModel, Map<string, D>>()
  return async (db, model, registry, { id, version }) => {
    const key = `${id} ${version}`
    const ofModel = kept.get(model) ?? new Map<string, D>()
    kept.set(model, ofModel)
    const known = ofModel.get(key)
    if (known !== undefined) return known
    const definition =
      version === model.version
        ? find(model.definitions, id)
        : await renamed(db, model, registry, version, id)
    if (definition === undefined) return undefined
    if (ofModel.size >= MAX_KEPT) ofModel.clear()
    ofModel.set(key, definition)
    return definition
  }

  async function renamed(
    db: Executor,
    model: CompiledModel,
    registry: Registry,
    version: number,
    id: string,
  ): Promise<D | undefined> {
    const before = await loadVersion(db, model.schema, version)
    const own = find(before, id)
    if (own === undefined) return undefined
    // Today's definitions with this one as it was: renames lead from the old names to those.
    const others = [...model.definitions[kind]].filter(([, one]) => one.id !== id)
    const candidate = { ...model.definitions, [kind]: new Map<string, unknown>([...others, [own.name, own]]) }
    return find(followRenames({ definitions: before, registry }, candidate), id)
  }
}
