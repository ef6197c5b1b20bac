import { isDeepStrictEqual } from 'node:util'
import type { EntityDefinition } from '../../metadata/types.ts'
import type { Database } from '../db/database.ts'
import type { Registry } from '../registry/registry.ts'
import { applyVersion } from './apply.ts'
import { BUILT_IN, extendBuiltIn, isEngineId } from './built-in.ts'
import type { Definition, DefinitionSet } from './compiled.ts'
import { findDefinition, listDefinitions, toDefinitionSet } from './definition-set.ts'
import { lockWorkspaceModel } from './lock-tables.ts'
import { applyRename } from './rename.ts'
import { loadState, schemaOf } from './state.ts'

/**
 * Puts the engine's own definitions in force in a workspace: as version 1 of a new one, and as a version of its
 * own where an upgrade of the engine changed them; fields that the workspace has added stay. Safe when several nodes
 * do it at once.
 * @throws Error where there is no such workspace
 */
export async function bootstrapWorkspace(db: Database, registry: Registry, workspace: string): Promise<void> {
  const schema = await schemaOf(db, workspace)
  if (schema === undefined) throw new Error(`there is no workspace "${workspace}"`)
  if (isUpToDate((await loadState(db, schema)).definitions)) return
  await db.transaction(
    async (tx) => {
      await lockWorkspaceModel(tx, schema)
      const state = await loadState(tx, schema)
      if (isUpToDate(state.definitions)) return
      const candidate = upgradeBuiltIns(state.definitions, registry)
      await applyVersion(tx, {
        workspace,
        schema,
        state,
        candidate,
        label: 'Engine',
        publishedBy: undefined,
        steps: [],
        registry,
      })
    },
    { direct: true, statementTimeoutMs: 0 },
  )
}

function isUpToDate(definitions: DefinitionSet): boolean {
  return BUILT_IN.every((engineOwn) => {
    const inForce = findDefinition(definitions, engineOwn.kind, engineOwn.name)
    return isDeepStrictEqual(inForce, extendBuiltIn(engineOwn, inForce))
  })
}

/** What is in force with the engine's own definitions as this engine knows them. */
export function upgradeBuiltIns(inForce: DefinitionSet, registry: Registry): DefinitionSet {
  const freed = BUILT_IN.reduce((set, engineOwn) => freeNames(set, engineOwn, registry), inForce)
  return toDefinitionSet([
    ...listDefinitions(freed),
    ...BUILT_IN.map((engineOwn) =>
      extendBuiltIn(engineOwn, findDefinition(freed, engineOwn.kind, engineOwn.name)),
    ),
  ])
}

/**
 * A workspace may have added a field under the name that a newer engine takes: its field, with its values and all
 * that mentions it, goes on as `<name>_2`.
 */
function freeNames(inForce: DefinitionSet, engineOwn: Definition, registry: Registry): DefinitionSet {
  const entity = inForce.entity.get(engineOwn.name)
  if (engineOwn.kind !== 'entity' || entity === undefined) return inForce
  const taken = new Set(engineOwn.fields.map((field) => field.name))
  const strangers = entity.fields.filter((field) => !isEngineId(field.id) && taken.has(field.name))
  return strangers.reduce<DefinitionSet>((definitions, { name }) => {
    const from = { kind: 'entity', name: entity.name, item: name } as const
    return applyRename({ definitions, registry }, from, freeName(name, entity, taken))
  }, inForce)
}

function freeName(name: string, { fields }: EntityDefinition, taken: ReadonlySet<string>): string {
  const used = new Set([...taken, ...fields.map((field) => field.name)])
  for (let number = 2; ; number++) {
    const free = `${name.slice(0, 36)}_${number}`
    if (!used.has(free)) return free
  }
}
