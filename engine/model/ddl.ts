import type { Statement } from '../db/database.ts'
import { comparePlaces, type PlaceChange } from './ddl/compare-places.ts'
import { createIndexSql, dropIndexSql } from './ddl/index-sql.ts'
import { renameValuesSql } from './ddl/rename-values-sql.ts'
import { addColumnsSql, createLinkTableSql, createTableSql, type NewColumn } from './ddl/table-sql.ts'
import { shortId } from './physical-names.ts'
import type { FieldRow, PhysicalRow } from './place.ts'
import { type StageTake, stageTakeSql } from './stage-takes.ts'
import type { ValueRename } from './value-renames.ts'

/** How strongly a table is held while it changes. */
export type TableLock = 'SHARE ROW EXCLUSIVE' | 'ACCESS EXCLUSIVE'

export interface DdlPlan {
  /** Tables that exist already and change, in the order in which to lock them: unquoted names. */
  readonly locks: readonly { readonly table: string; readonly mode: TableLock }[]
  /** Statements in the order in which to run them. */
  readonly statements: readonly Statement[]
}

/**
 * The statements that lead from the places before to the places after. It only ever expands: nothing that holds
 * data is dropped, no NOT NULL and no CHECK is added. New columns are nullable and without a default, so that no
 * statement but the building of an index takes longer on a large table than on an empty one.
 * @param schema the workspace's schema, quoted
 * @param renames stored names that change with what they name
 * @param takes stages that go, with those that take their records
 * @param held tables of which nobody may see anything meanwhile
 */
export function planDdl(
  schema: string,
  before: readonly PhysicalRow[],
  after: readonly PhysicalRow[],
  renames: readonly ValueRename[] = [],
  takes: readonly StageTake[] = [],
  held: readonly string[] = [],
): DdlPlan {
  const change = comparePlaces(before, after)
  return {
    locks: locksOf(change, [...renames, ...takes], held),
    statements: [
      ...tableStatements(schema, change).map((text) => ({ text })),
      ...renames.map((rename) => renameValuesSql(schema, rename)),
      ...takes.flatMap((take) => stageTakeSql(schema, take)),
    ],
  }
}

function tableStatements(schema: string, change: PlaceChange): string[] {
  const columns = new Map<string, NewColumn[]>()
  for (const { table, column } of [
    ...change.newSystemColumns.map(systemColumn),
    ...change.newFields.flatMap((row) => fieldColumns(change, row)),
  ]) {
    columns.set(table, [...(columns.get(table) ?? []), column])
  }
  return [
    ...change.newTables.map((row) => createTableSql(schema, row.place.table)),
    ...[...columns].map(([table, added]) => addColumnsSql(schema, table, added)),
    ...change.newLinks.flatMap((row) =>
      createLinkTableSql(schema, {
        linkTable: row.place.linkTable ?? '',
        from: change.tableOf(row.entityId),
        to: change.tableOf(row.place.target ?? ''),
      }),
    ),
    ...change.goneIndexes.map((row) => dropIndexSql(schema, row.place.index)),
    ...change.newIndexes.map((row) => createIndexSql(schema, row.place)),
  ]
}

interface PlacedColumn {
  readonly table: string
  readonly column: NewColumn
}

function systemColumn({ row, column }: PlaceChange['newSystemColumns'][number]): PlacedColumn {
  // The owner has no foreign key: users are never deleted, each write looks whether its owner is there, and looking again
  // cost a create a tenth of the database's time.
  const sqlType = column === 'search' ? 'text[]' : 'uuid'
  return { table: row.place.table, column: { name: column, sqlType } }
}

function fieldColumns(change: PlaceChange, row: FieldRow): readonly PlacedColumn[] {
  const { columns, types, target } = row.place
  const table = change.tableOf(row.entityId)
  return columns.map((name, index) => {
    const column: NewColumn = { name, sqlType: types[index] ?? 'text' }
    if (target === undefined || index > 0) return { table, column }
    const references = { table: change.tableOf(target), constraint: constraintName(`${row.itemId} ${name}`) }
    return { table, column: { ...column, references } }
  })
}

function constraintName(of: string): string {
  return `tenon_fk_${shortId(of)}`
}

/** A foreign key holds the table that it leads to as well, more weakly. */
function locksOf(
  change: PlaceChange,
  renames: readonly { readonly table: string }[],
  held: readonly string[],
): DdlPlan['locks'] {
  const isNew = new Set(change.newTables.map((row) => row.place.table))
  const changed = [
    ...held,
    ...change.newSystemColumns.map(({ row }) => row.place.table),
    ...change.newFields
      .filter((row) => row.place.columns.length > 0)
      .map((row) => change.tableOf(row.entityId)),
    ...[...change.goneIndexes, ...change.newIndexes].map((row) => row.place.table),
  ]
  const pointedTo = [
    ...change.newFields.flatMap((row) =>
      row.place.target === undefined ? [] : [change.tableOf(row.place.target)],
    ),
    ...change.newLinks.map((row) => change.tableOf(row.entityId)),
  ]
  const modes = new Map<string, TableLock>()
  // Writers wait until their names are the new ones, and then see by the version that their model is old.
  for (const { table } of renames) modes.set(table, 'SHARE ROW EXCLUSIVE')
  for (const table of pointedTo) modes.set(table, 'SHARE ROW EXCLUSIVE')
  for (const table of changed) modes.set(table, 'ACCESS EXCLUSIVE')
  return [...modes]
    .filter(([table]) => !isNew.has(table))
    .map(([table, mode]) => ({ table, mode }))
    .sort((left, right) => (left.table < right.table ? -1 : 1))
}
