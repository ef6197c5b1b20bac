import type { Database, Transaction } from '../db/database.ts'
import type { Registry } from '../registry/registry.ts'
import type { CompiledModel, DefinitionSet } from './compiled.ts'

/**
 * Works out, inside a publish, computed fields for the records that are there already.
 * @param model as it will be in force
 * @param changed the ids of the computed fields that are new or have another rule
 */
export type FillComputed = (
  tx: Transaction,
  source: { readonly db: Database; readonly registry: Registry },
  model: CompiledModel,
  changed: readonly string[],
) => Promise<void>

/** What of a field's definition says nothing about its value. */
const BESIDE = new Set(['id', 'name', 'was', 'label', 'help', 'note', 'requirement', 'personal', 'mask'])

/** The ids of computed fields that a candidate brings, or works out otherwise than what is in force. */
export function changedComputed(
  before: DefinitionSet,
  after: DefinitionSet,
  registry: Registry,
): readonly string[] {
  const known = new Map(
    [...before.entity.values()].flatMap((entity) =>
      entity.fields.map((field) => [field.id, meaningOf(field)] as const),
    ),
  )
  return [...after.entity.values()]
    .flatMap((entity) => entity.fields)
    .filter(
      (field) => registry.typeOf(field)?.computed !== undefined && known.get(field.id) !== meaningOf(field),
    )
    .flatMap(({ id }) => id ?? [])
}

function meaningOf(field: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(field).filter(([key]) => !BESIDE.has(key))
  return JSON.stringify(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
}
