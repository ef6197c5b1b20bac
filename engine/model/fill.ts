import type { FieldDefinition } from '../../metadata/types.ts'
import type { Database, Transaction } from '../db/database.ts'
import { ruledOptions, tagGroups } from '../fields/parts/tag-groups.ts'
import type { Registry } from '../registry/registry.ts'
import type { CompiledModel, DefinitionSet } from './compiled.ts'
import { findConverted } from './conversion/converted.ts'
import { differingEntities } from './keep-objects.ts'
import { tagRulesOf } from './tag-rules.ts'

/**
 * Works out, inside a publish, computed fields for the records that are there already.
 * @param model as it will be in force
 * @param changed what is new, has another rule, or is no longer kept by one
 */
export type FillComputed = (
  tx: Transaction,
  source: { readonly db: Database; readonly registry: Registry },
  model: CompiledModel,
  changed: readonly ChangedField[],
) => Promise<void>

/**
 * Works out, before a publish and beside the traffic, fields that will lie in new columns.
 * @param model as it will be in force
 * @param fields their ids
 */
export type PrefillComputed = (
  source: { readonly db: Database; readonly registry: Registry },
  model: CompiledModel,
  fields: ReadonlySet<string>,
  watch: {
    readonly signal: AbortSignal
    readonly progress: (done: number, total: number) => Promise<void>
  },
) => Promise<void>

/** A field whose values a publish must work out. */
export interface ChangedField {
  readonly id: string
  /** Tags that rules gave and give no longer: nobody's now. */
  readonly gone?: readonly string[]
}

/** What of a field's definition says nothing about its value. */
const BESIDE = new Set(['id', 'name', 'was', 'label', 'help', 'note', 'requirement', 'personal', 'mask'])

/**
 * Computed fields that a candidate brings, or works out otherwise than what is in force; and fields of another type, which
 * others may look at.
 */
export function changedComputed(
  before: DefinitionSet,
  after: DefinitionSet,
  registry: Registry,
): readonly ChangedField[] {
  const known = new Map(
    differingEntities(before, after).flatMap((entity) =>
      entity.fields.map((field) => [field.id, meaningOf(field)] as const),
    ),
  )
  const computed = differingEntities(after, before)
    .flatMap((entity) => entity.fields)
    .filter(
      (field) => registry.typeOf(field)?.computed !== undefined && known.get(field.id) !== meaningOf(field),
    )
    .flatMap(({ id }) => (id === undefined ? [] : [{ id }]))
  const converted = findConverted(before, after, registry).map(({ id }) => ({ id }))
  return [...computed, ...converted, ...changedTags(before, after)]
}

/** Tags fields in which rules keep other tags, or by other rules, than before. */
function changedTags(before: DefinitionSet, after: DefinitionSet): readonly ChangedField[] {
  const known = new Map(ruledIn(before).map((field) => [field.id, field]))
  return ruledIn(after).flatMap(({ id, meaning, owned, options }) => {
    const old = known.get(id)
    if ((old?.meaning ?? '') === meaning) return []
    const gone = (old?.owned ?? []).filter((tag) => !owned.includes(tag) && !options.includes(tag))
    return [gone.length === 0 ? { id } : { id, gone }]
  })
}

/** What rules do in each tags field. */
function ruledIn(definitions: DefinitionSet) {
  return [...definitions.entity.values()].flatMap((entity) =>
    entity.fields
      .filter(
        (field): field is FieldDefinition & { id: string } => field.type === 'tags' && field.id !== undefined,
      )
      .map((field) => {
        const rules = tagRulesOf(definitions, entity.name).get(field.name) ?? []
        const groups = tagGroups(field).filter(({ by }) => by === 'rule')
        const kept = rules.map(({ tag, group, when }) => ({ tag, group, when }))
        const chosen = groups.map(({ pick, options, ...group }) => [
          pick,
          group.default,
          options.map(({ name }) => name),
        ])
        return {
          id: field.id,
          meaning: rules.length + groups.length === 0 ? '' : JSON.stringify([kept, chosen]),
          owned: [...ruledOptions(field), ...rules.map(({ tag }) => tag)],
          options: tagGroups(field).flatMap((group) => group.options.map(({ name }) => name)),
        }
      }),
  )
}

function meaningOf(field: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(field).filter(([key]) => !BESIDE.has(key))
  return JSON.stringify(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
}
