import type { EntityRow, FieldRow, IndexRow, PhysicalRow } from '../place.ts'

export type SystemColumn = 'owner' | 'search'

/** What is in the places after and was not before, and which indexes went. */
export interface PlaceChange {
  readonly newTables: readonly EntityRow[]
  readonly newSystemColumns: readonly { readonly row: EntityRow; readonly column: SystemColumn }[]
  /** Fields with columns that no table has yet. */
  readonly newFields: readonly FieldRow[]
  readonly newLinks: readonly FieldRow[]
  readonly newIndexes: readonly IndexRow[]
  readonly goneIndexes: readonly IndexRow[]
  /** The table of an entity, by its id. */
  tableOf(entityId: string): string
}

/** Compares two states of tenon_physical. */
export function comparePlaces(before: readonly PhysicalRow[], after: readonly PhysicalRow[]): PlaceChange {
  const earlier = new Map(before.map((row) => [row.itemId, row]))
  const entities = after.filter((row) => row.kind === 'entity')
  const fields = after.filter((row) => row.kind === 'field')
  const indexes = after.filter((row) => row.kind === 'index')
  const tables = new Map(entities.map((row) => [row.itemId, row.place.table]))
  const kept = new Set(indexes.map((row) => row.itemId))
  const existing = existingFieldPlaces(before)
  return {
    newTables: entities.filter((row) => !earlier.has(row.itemId)),
    newSystemColumns: entities.flatMap((row) => newSystemColumns(row, earlier.get(row.itemId))),
    newFields: fields.flatMap((row) =>
      // A place that is prepared for a field in use stands among its former ones until then.
      [row.place, ...(row.place.former ?? [])]
        .filter(({ columns }) => columns.some((column) => !existing.has(`${row.entityId} ${column}`)))
        .map((place) => ({ ...row, place })),
    ),
    newLinks: fields.filter((row) => row.place.linkTable !== undefined && !existing.has(row.place.linkTable)),
    newIndexes: indexes.filter((row) => !earlier.has(row.itemId)),
    goneIndexes: before.filter((row) => row.kind === 'index').filter((row) => !kept.has(row.itemId)),
    tableOf(entityId) {
      const table = tables.get(entityId)
      if (table === undefined) throw new Error(`no table for the entity ${entityId}`)
      return table
    },
  }
}

function newSystemColumns(
  row: EntityRow,
  earlier: PhysicalRow | undefined,
): { readonly row: EntityRow; readonly column: SystemColumn }[] {
  const had = earlier?.kind === 'entity' ? earlier.place : undefined
  const columns = (['owner', 'search'] as const).filter(
    (column) => row.place[column] && had?.[column] !== true,
  )
  return columns.map((column) => ({ row, column }))
}

/** Link tables, and columns as "entity column", that exist: of former types too. */
function existingFieldPlaces(rows: readonly PhysicalRow[]): ReadonlySet<string> {
  const places = rows.filter((row) => row.kind === 'field')
  return new Set(
    places.flatMap((row) =>
      [row.place, ...(row.place.former ?? [])].flatMap((place) => [
        ...place.columns.map((column) => `${row.entityId} ${column}`),
        ...(place.linkTable === undefined ? [] : [place.linkTable]),
      ]),
    ),
  )
}
