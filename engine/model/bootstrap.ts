import { isDeepStrictEqual } from 'node:util'
import type { Database } from '../db/database.ts'
import type { Registry } from '../registry/registry.ts'
import { applyVersion } from './apply.ts'
import { BUILT_IN } from './built-in.ts'
import type { DefinitionSet } from './compiled.ts'
import { findDefinition, listDefinitions, toDefinitionSet } from './definition-set.ts'
import { lockWorkspaceModel } from './lock-tables.ts'
import { loadState, schemaOf } from './state.ts'

/**
 * Puts the engine's own definitions in force in a workspace: as version 1 of a new one, and as a version of its
 * own where an upgrade of the engine changed them. Safe when several nodes do it at once.
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
      const candidate = toDefinitionSet([...listDefinitions(state.definitions), ...BUILT_IN])
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
  return BUILT_IN.every((definition) =>
    isDeepStrictEqual(findDefinition(definitions, definition.kind, definition.name), definition),
  )
}
