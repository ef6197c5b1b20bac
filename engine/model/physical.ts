import type { EntityDefinition, FieldDefinition } from '../../metadata/types.ts'
import type { Registry } from '../registry/registry.ts'
import { clockedByEntity } from './clocked.ts'
import type { DefinitionSet } from './compiled.ts'
import type { ConvertedField } from './conversion/converted.ts'
import { extremesByEntity } from './extremes.ts'
import { wantedIndexes } from './indexes.ts'
import { recycledSince } from './kinds/pool-place.ts'
import { freeName, RESERVED_COLUMNS, shortId, stagePartId, tableName } from './physical-names.ts'
import type { EntityRow, FieldPlace, FieldRow, IndexRow, PhysicalRow, TablePlace } from './place.ts'
import { stageFieldsOf } from './stage-fields.ts'

/**
 * Gives every item of the candidate its place. Pure. A place is assigned once: a rename keeps it, a retired item
 * keeps it too and finds it again when its id returns; another column type gets another column, and the former
 * one is remembered. Indexes are different: they hold no data, so one that is no longer wanted is gone.
 * @param candidate checked definitions in which every entity and field has its id
 * @param existing the rows of tenon_physical
 * @param moves fields whose values are written anew, in other columns than those that serve till then
 * @returns all rows as they shall be
 */
export function assignPhysical(
  candidate: DefinitionSet,
  existing: readonly PhysicalRow[],
  registry: Registry,
  moves: Moves = {},
): readonly PhysicalRow[] {
  const known = new Map(existing.map((row) => [row.itemId, row]))
  const tables = assignTables(candidate, existing)
  const there = fieldsByEntity(existing)
  const fields = [...candidate.entity.values()].flatMap((entity) =>
    assignFields(entity, candidate, there.get(idOf(entity)) ?? [], { registry, ...moves }),
  )
  const live = new Set([...tables, ...fields].map((row) => row.itemId))
  const retired = [...known.values()].filter((row) => row.kind !== 'index' && !live.has(row.itemId))
  return [
    ...tables,
    ...fields,
    ...retired.map((row) => ({ ...row, retired: true })),
    ...assignIndexes(candidate, existing, tables, fields),
  ]
}

/** Fields that get other columns although their id stays. */
export interface Moves {
  /** Ids of fields that are worked out otherwise. */
  readonly revised?: ReadonlySet<string>
  readonly converted?: readonly ConvertedField[]
}

/** The id that the check and `identify` have made sure of. */
export function idOf(item: { readonly id?: string; readonly name: string }): string {
  if (item.id === undefined) throw new Error(`"${item.name}" has no id`)
  return item.id
}

function assignTables(candidate: DefinitionSet, existing: readonly PhysicalRow[]): EntityRow[] {
  const rows = existing.filter((row) => row.kind === 'entity')
  const known = new Map(rows.map((row) => [row.itemId, row]))
  const taken = new Set(rows.map((row) => row.place.table))
  return [...candidate.entity.values()].map((entity) => {
    const id = idOf(entity)
    const before = known.get(id)?.place
    const table = before?.table ?? tableName(entity.name, (name) => taken.has(name))
    taken.add(table)
    const place: TablePlace = {
      table,
      owner: before?.owner === true || entity.owned === true,
      search: before?.search === true || entity.fields.some((field) => field.searchable === true),
    }
    return { itemId: id, entityId: id, kind: 'entity', place, retired: false }
  })
}

function assignFields(
  entity: EntityDefinition,
  candidate: DefinitionSet,
  rows: readonly FieldRow[],
  { registry, revised, converted = [] }: Moves & { readonly registry: Registry },
): FieldRow[] {
  const entityId = idOf(entity)
  const known = new Map(rows.map((row) => [row.itemId, row]))
  const taken = new Set([...RESERVED_COLUMNS, ...rows.flatMap((row) => columnsEverOf(row.place))])
  const kept = stageFieldsOf(entity.fields).map(({ of, part, definition }) => ({
    ...definition,
    id: stagePartId(idOf(of), part),
  }))
  return [...entity.fields, ...kept].map((field) => {
    const id = idOf(field)
    const wanted = wantedPlace(field, candidate, registry, taken)
    const before = known.get(id)?.place
    const change = converted.find((one) => one.id === id)
    const place =
      change !== undefined && before !== undefined
        ? convertedPlace(wanted, before, change)
        : placeOf(wanted, before, revised?.has(id) === true)
    for (const column of place.columns) taken.add(column)
    return { itemId: id, entityId, kind: 'field', place, retired: false }
  })
}

function fieldsByEntity(rows: readonly PhysicalRow[]): ReadonlyMap<string, readonly FieldRow[]> {
  const found = new Map<string, FieldRow[]>()
  for (const row of rows) {
    if (row.kind !== 'field') continue
    const others = found.get(row.entityId)
    if (others === undefined) found.set(row.entityId, [row])
    else others.push(row)
  }
  return found
}

function columnsEverOf(place: FieldPlace): readonly string[] {
  return [...place.columns, ...(place.former ?? []).flatMap((former) => former.columns)]
}

function placeOf(wanted: FieldPlace, before: FieldPlace | undefined, isRevised: boolean): FieldPlace {
  if (before === undefined) return wanted
  const { prepared: _now, ...known } = before
  const { former = [], ...current } = known
  if (isSamePlace(current, wanted) && !isRevised) return known
  // Two places of a kind take turns: what lies in the one that returns is worked out anew.
  const returning = former.find((place) => isSamePlace(place, wanted))
  const others = former.filter((place) => place !== returning)
  return { ...(returning ?? wanted), former: [current, ...others] }
}

/** A type that returns finds the values that it had; another type never takes the place of a third. */
function convertedPlace(
  { former: _none, ...wanted }: FieldPlace,
  before: FieldPlace,
  { from, to }: ConvertedField,
): FieldPlace {
  const { prepared: _now, former = [], ...current } = before
  const returning = former.find((place) => place.of === to.type && isSamePlace(place, wanted))
  const others = former.filter((place) => place !== returning)
  return { ...(returning ?? wanted), of: to.type, former: [{ ...current, of: from.type }, ...others] }
}

/** Two places can hold the same values: the same column types, leading to the same entity. */
function isSamePlace(left: FieldPlace, right: FieldPlace): boolean {
  return (
    left.target === right.target &&
    (left.linkTable === undefined) === (right.linkTable === undefined) &&
    left.types.length === right.types.length &&
    left.types.every((type, index) => type === right.types[index])
  )
}

/** Where the field would lie if it were new. */
function wantedPlace(
  field: FieldDefinition,
  candidate: DefinitionSet,
  registry: Registry,
  taken: ReadonlySet<string>,
): FieldPlace {
  const type = registry.typeOf(field)
  if (type === undefined) throw new Error(`field "${field.name}" has the unknown type "${field.type}"`)
  const id = idOf(field)
  const specs = type.columns(field)
  const base = freeName(field.name, (name) => specs.some((spec) => taken.has(`${name}${spec.suffix}`)))
  const relation = type.relation?.(field)
  const target =
    relation?.kind === 'one' || relation?.kind === 'many' ? entityIdOf(candidate, relation.to) : undefined
  return {
    columns: specs.map((spec) => `${base}${spec.suffix}`),
    types: specs.map((spec) => spec.sqlType),
    ...(target === undefined ? {} : { target }),
    ...(relation?.kind === 'many' ? { linkTable: `tenon_link_${shortId(`${id} ${target}`)}` } : {}),
    ...(type.name === 'auto_number' ? { sequence: `tenon_seq_${shortId(id)}` } : {}),
  }
}

function entityIdOf(candidate: DefinitionSet, name: string): string {
  const entity = candidate.entity.get(name)
  if (entity === undefined) throw new Error(`there is no entity "${name}"`)
  return idOf(entity)
}

/** Indexes of a retired table stay, so that its return is instant. */
function assignIndexes(
  candidate: DefinitionSet,
  existing: readonly PhysicalRow[],
  tables: readonly EntityRow[],
  fields: readonly FieldRow[],
): IndexRow[] {
  const live = new Set(tables.map((row) => row.entityId))
  const kept = existing.filter((row): row is IndexRow => row.kind === 'index' && !live.has(row.entityId))
  const rolledUp = extremesByEntity(candidate)
  const clocked = clockedByEntity(candidate)
  const tableOf = new Map(tables.map((row) => [row.entityId, row]))
  const fieldsOf = fieldsByEntity(fields)
  const wanted = [...candidate.entity.values()].flatMap((entity) => {
    const id = idOf(entity)
    return wantedIndexes(entity, tableOf.get(id), fieldsOf.get(id) ?? [], [
      ...(rolledUp.get(entity.name) ?? []),
      ...recycledSince(candidate, entity.name),
      ...(clocked.get(entity.name) ?? []),
    ])
  })
  return [...kept.map((row) => ({ ...row, retired: true })), ...wanted]
}
