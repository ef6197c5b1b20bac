import type { PhysicalEntity, PhysicalMap } from './compiled.ts'

interface Place {
  /** Made for a publish that has not come yet; the item was never in force. */
  readonly prepared?: true
}

/** Where an entity's records lie, and which optional system columns its table has. */
export interface TablePlace extends Place {
  readonly table: string
  readonly owner: boolean
  readonly search: boolean
}

/** Where a field's values lie. Names are unquoted and at most 63 bytes. */
export interface FieldPlace extends Place {
  /** In the order of the type's columns; [] for a relation kept elsewhere. */
  readonly columns: readonly string[]
  /** PostgreSQL types, one per column. */
  readonly types: readonly string[]
  /** The id of the entity that a foreign key or a link table leads to. */
  readonly target?: string
  readonly linkTable?: string
  readonly sequence?: string
  /** The field's type, once it has had another one. */
  readonly of?: string
  /** Places of the field under earlier types; found again when the type returns. */
  readonly former?: readonly FieldPlace[]
}

/** One index of an entity's table; everything that its SQL needs. */
export interface IndexPlace extends Place {
  readonly index: string
  readonly table: string
  /** SQL of each key: a quoted column with its direction. */
  readonly keys: readonly string[]
  /** Quoted columns whose values are carried along. */
  readonly carried?: readonly string[]
  readonly unique: boolean
  readonly method: 'btree' | 'gin'
  /** SQL of the partial index's condition. */
  readonly where: string
  /** Ids of the fields whose values are kept unique, for messages; [] for an ordinary index. */
  readonly fields: readonly string[]
}

interface Row<Kind extends string, P extends Place> {
  readonly itemId: string
  readonly entityId: string
  readonly kind: Kind
  readonly place: P
  readonly retired: boolean
}
export type EntityRow = Row<'entity', TablePlace>
export type FieldRow = Row<'field', FieldPlace>
export type IndexRow = Row<'index', IndexPlace>

/** One row of tenon_physical; a retired one waits for its item to return. */
export type PhysicalRow = EntityRow | FieldRow | IndexRow

/** The places as the compiled model wants them: by entity id, then by field id, retired ones included. */
export function toPhysicalMap(rows: readonly PhysicalRow[]): PhysicalMap {
  const map = new Map<string, PhysicalEntity & { readonly fields: Map<string, FieldPlace> }>()
  for (const row of rows) {
    if (row.kind === 'entity') map.set(row.itemId, { table: row.place.table, fields: new Map() })
  }
  for (const row of rows) {
    if (row.kind === 'field') map.get(row.entityId)?.fields.set(row.itemId, row.place)
  }
  return map
}

/** Whether a column of that PostgreSQL type (collation included) holds lists. */
export function isListType(sqlType: string | undefined): boolean {
  return sqlType !== undefined && /\[\]/.test(sqlType)
}

/** Whether a field's values lie encrypted in its second column; no other type has bytes. */
export function isSealedPlace(place: FieldPlace | undefined): boolean {
  return place?.types[1] === 'bytea'
}

/** Whether an item was in force and is not any more: its data is still there. */
export function isRetired(row: PhysicalRow): boolean {
  return row.retired && row.place.prepared !== true
}
