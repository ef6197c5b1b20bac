import { isDeepStrictEqual } from 'node:util'
import { comparePlaces } from './ddl/compare-places.ts'
import type { FieldPlace, FieldRow, IndexRow, PhysicalRow } from './place.ts'

/** What is done before a publish, so that the publish itself takes no time on filled tables. */
export interface Preparation {
  /** The places after the first, short transaction: new tables and columns stand, not yet in use. */
  readonly early: readonly PhysicalRow[]
  /** Indexes to build beside the traffic. */
  readonly indexes: readonly IndexRow[]
}

/**
 * Plans the preparation of a publish. Pure. Everything new is made early and marked as prepared, which the model in
 * force passes over; the publish then only turns it on. Should it never come, nothing is in anybody's way.
 * @param isLarge whether a table holds too many records to stop its writers for an index
 */
export function planPreparation(
  before: readonly PhysicalRow[],
  after: readonly PhysicalRow[],
  isLarge: (table: string) => boolean,
): Preparation {
  const { newIndexes, newTables } = comparePlaces(before, after)
  const isNew = new Set(newTables.map((row) => row.place.table))
  const indexes = newIndexes.filter((row) => !isNew.has(row.place.table) && isLarge(row.place.table))
  return { early: earlyRows(before, after, isNew), indexes }
}

function earlyRows(
  before: readonly PhysicalRow[],
  after: readonly PhysicalRow[],
  newTables: ReadonlySet<string>,
): readonly PhysicalRow[] {
  const known = new Map(before.map((row) => [row.itemId, row]))
  const added = after
    .filter((row) => !known.has(row.itemId))
    .filter((row) => row.kind !== 'index' || newTables.has(row.place.table))
    .map(asPrepared)
  const wanted = new Map(after.map((row) => [row.itemId, row]))
  return [...before.map((row) => earlyRow(row, wanted.get(row.itemId))), ...added]
}

function asPrepared(row: PhysicalRow): PhysicalRow {
  return { ...row, retired: true, place: { ...row.place, prepared: true } } as PhysicalRow
}

/** Indexes that were built for a publish and are not in force. */
export function strayIndexes(rows: readonly PhysicalRow[]): readonly IndexRow[] {
  return rows.filter((row) => row.kind === 'index').filter((row) => row.place.prepared === true)
}

/**
 * A table may get its system columns early; the place of a field in use changes with the publish only: one in which it
 * is worked out otherwise is made beside it.
 */
function earlyRow(row: PhysicalRow, after: PhysicalRow | undefined): PhysicalRow {
  if (row.kind === 'field' && after?.kind === 'field') return withPrepared(row, after.place)
  if (row.kind !== 'entity' || after?.kind !== 'entity') return row
  return { ...row, place: after.place }
}

function withPrepared(row: FieldRow, { former: _others, ...wanted }: FieldPlace): FieldRow {
  const { former = [], columns } = row.place
  const isThere = [columns, ...former.map((place) => place.columns)].some((known) =>
    isDeepStrictEqual(known, wanted.columns),
  )
  return isThere ? row : { ...row, place: { ...row.place, former: [...former, wanted] } }
}

/** Whether the first, short transaction has anything to do. */
export function hasEarlyWork(before: readonly PhysicalRow[], preparation: Preparation): boolean {
  return !isDeepStrictEqual(before, preparation.early)
}
