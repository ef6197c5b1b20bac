import { randomUUID } from 'node:crypto'
import type { Database } from '../db/database.ts'
import type { Registry } from '../registry/registry.ts'
import { applyVersion } from './apply.ts'
import type { Definition, DefinitionSet, Kind } from './compiled.ts'
import { findDefinition, listDefinitions, toDefinitionSet } from './definition-set.ts'
import { lockWorkspaceModel } from './lock-tables.ts'
import { loadState, schemaOf } from './state.ts'

/**
 * Adds or replaces definitions and puts them in force at once.
 * @returns the new version's number
 */
export async function publishDefinitions(
  db: Database,
  registry: Registry,
  workspace: string,
  definitions: readonly Definition[],
  label: string,
): Promise<number> {
  const schema = await schemaOf(db, workspace)
  if (schema === undefined) throw new Error(`there is no workspace "${workspace}"`)
  return db.transaction(
    async (tx) => {
      await lockWorkspaceModel(tx, schema)
      const state = await loadState(tx, schema)
      const identified = definitions.map((definition) => withIds(definition, state.definitions))
      const candidate = toDefinitionSet([...listDefinitions(state.definitions), ...identified])
      const change = {
        workspace,
        schema,
        state,
        candidate,
        label,
        publishedBy: undefined,
        steps: [],
        registry,
      }
      return applyVersion(tx, change)
    },
    { direct: true, statementTimeoutMs: 0 },
  )
}

function withIds(definition: Definition, inForce: DefinitionSet): Definition {
  const known = findDefinition(inForce, definition.kind as Kind, definition.name)
  const id = definition.id ?? known?.id ?? randomUUID()
  if (definition.kind !== 'entity') return { ...definition, id }
  const fields = known?.kind === 'entity' ? known.fields : []
  return {
    ...definition,
    id,
    fields: definition.fields.map((field) => ({
      ...field,
      id: field.id ?? fields.find((other) => other.name === field.name)?.id ?? randomUUID(),
    })),
  }
}
