import { isDeepStrictEqual } from 'node:util'
import type { Transaction } from '../db/database.ts'
import type { VersionChange } from './apply.ts'
import type { Definition, DefinitionSet } from './compiled.ts'
import { CONTENT_KINDS, findDefinition, listDefinitions } from './definition-set.ts'

/** One saved or removed (undefined) definition of a content kind. */
export interface ContentChange {
  readonly kind: string
  readonly name: string
  readonly definition: Definition | undefined
}

/** The definitions of content kinds in a set. */
export function contentOf(set: DefinitionSet): readonly Definition[] {
  return listDefinitions(set).filter((definition) => CONTENT_KINDS.includes(definition.kind))
}

/** How the content of a set differs from what is in force. */
export function contentChanges(inForce: DefinitionSet, candidate: DefinitionSet): readonly ContentChange[] {
  const saved = contentOf(candidate).filter(
    (definition) => !isDeepStrictEqual(findDefinition(inForce, definition.kind, definition.name), definition),
  )
  const removed = contentOf(inForce).filter(
    ({ kind, name }) => findDefinition(candidate, kind, name) === undefined,
  )
  return [
    ...saved.map((definition) => ({ kind: definition.kind, name: definition.name, definition })),
    ...removed.map(({ kind, name }) => ({ kind, name, definition: undefined })),
  ]
}

/**
 * Saves the content that a new version brings along.
 * @returns the content revision that is in force then
 */
export async function saveContentChanges(tx: Transaction, change: VersionChange): Promise<number> {
  const { schema, state } = change
  const changes = contentChanges(state.definitions, change.candidate)
  for (const one of changes) await saveContent(tx, schema, one, change.publishedBy)
  return changes.length === 0 ? state.contentRevision : state.contentRevision + 1
}

/** Saves one definition of a content kind and its history. */
export async function saveContent(
  tx: Transaction,
  schema: string,
  { kind, name, definition }: ContentChange,
  by: string | undefined,
): Promise<void> {
  const json = definition === undefined ? null : JSON.stringify(definition)
  const values = [kind, name, json, by ?? null]
  await tx.query(
    definition === undefined
      ? { text: `DELETE FROM ${schema}.tenon_content WHERE kind = $1 AND name = $2`, values: [kind, name] }
      : {
          text: `INSERT INTO ${schema}.tenon_content AS c (kind, name, definition, revision, updated_by)
VALUES ($1, $2, $3, 1, $4)
ON CONFLICT (kind, name) DO UPDATE SET definition = excluded.definition, revision = c.revision + 1,
  updated_at = now(), updated_by = excluded.updated_by`,
          values,
        },
  )
  await tx.query({
    text: `INSERT INTO ${schema}.tenon_content_history (kind, name, definition, by) VALUES ($1, $2, $3, $4)`,
    values,
  })
}
