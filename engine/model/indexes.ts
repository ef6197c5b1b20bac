import type { FieldDefinition } from '../../metadata/text.ts'
import type { EntityDefinition } from '../../metadata/types.ts'
import { quoteName } from '../db/values.ts'
import { shortId, stagePartId, uuidOf } from './physical-names.ts'
import {
  type EntityRow,
  type FieldPlace,
  type FieldRow,
  type IndexPlace,
  type IndexRow,
  isListType,
  isSealedPlace,
} from './place.ts'
import { signedName } from './signed-name.ts'
import { stageFieldsOf } from './stage-fields.ts'

const LIVE = '"deleted_at" IS NULL'
const DELETED = '"deleted_at" IS NOT NULL'
const NEWEST_FIRST = ['"created_at" DESC', '"id" DESC']

/** System columns that `indexes` and `unique` may name, and whether they are ever null. */
const SYSTEM_KEYS: ReadonlyMap<string, boolean> = new Map([
  ['id', false],
  ['created_at', false],
  ['updated_at', false],
  ['version', false],
  ['created_by', true],
  ['updated_by', true],
  ['owner', true],
])

type IndexWish = Omit<IndexPlace, 'index' | 'table'>

/**
 * The indexes that an entity's table shall have, from what its definition says and what the engine asks of every
 * table: lists newest first, the recycle bin, the children of a record, the records of an owner. All but the bin's
 * cover live records only. A nullable key sorts its nulls last in both directions, as lists do.
 * @param fields where its fields lie
 * @param asked keys by which the engine itself finds records: lookup and field of a roll-up elsewhere that wants the smallest or
 *   largest value of one parent, pools, the dates of flows
 */
export function wantedIndexes(
  entity: EntityDefinition,
  table: EntityRow | undefined,
  fields: readonly FieldRow[],
  asked: readonly (readonly string[])[] = [],
): IndexRow[] {
  if (table === undefined) throw new Error(`entity "${entity.name}" has no table`)
  const places = new Map(fields.map((row) => [row.itemId, row.place]))
  const wishes = [
    ...standingIndexes(entity),
    ...entity.fields.flatMap((field) => relationIndex(places.get(field.id ?? ''))),
    ...entity.fields.flatMap((field) => digestIndex(places.get(field.id ?? ''))),
    ...entity.fields.flatMap((field) => numberIndex(field, places.get(field.id ?? ''))),
    ...uniqueIndexes(entity, places),
    ...asked.map((keys) => askedIndex(keys, entity, places)),
    ...(entity.indexes ?? []).map((keys) => askedIndex(keys, entity, places)),
  ]
  const rows = wishes.map((wish) => toRow(wish, table))
  return [...new Map(rows.map((row) => [row.itemId, row])).values()]
}

function standingIndexes(entity: EntityDefinition): IndexWish[] {
  const isSearchable = entity.fields.some((field) => field.searchable === true)
  return [
    ordinary(NEWEST_FIRST),
    { ...ordinary(['"deleted_at" DESC', '"id" DESC']), where: DELETED },
    ...(entity.owned === true ? [ordinary(['"owner"', ...NEWEST_FIRST])] : []),
    ...(isSearchable ? [searchIndex(entity)] : []),
  ]
}

/**
 * Tokens, and the owner where there is one: who may see only their own then reads only their own postings. A search
 * without an owner uses the same index, since GIN serves any of its columns alike.
 */
function searchIndex(entity: EntityDefinition): IndexWish {
  const keys = entity.owned === true ? ['"owner"', '"search"'] : ['"search"']
  return { ...ordinary(keys), method: 'gin' }
}

/**
 * The children of one record, newest first: what a related list and a delete ask for. Records that lead nowhere
 * stay out; `column = $1` says that there is a value, so the planner still finds the index.
 */
function relationIndex(place: FieldPlace | undefined): IndexWish[] {
  const name = place?.columns[0]
  if (name === undefined || place?.types[0] !== 'uuid') return []
  const column = quoteName(name)
  return [{ ...ordinary([column, ...NEWEST_FIRST]), where: `${LIVE} AND ${column} IS NOT NULL` }]
}

/** What encrypted values are found by, the whole and the ending alike. */
function digestIndex(place: FieldPlace | undefined): IndexWish[] {
  const name = place?.columns[0]
  if (name === undefined || !isSealedPlace(place)) return []
  const column = quoteName(name)
  return [{ ...ordinary([column]), where: `${LIVE} AND ${column} IS NOT NULL` }]
}

/** What a search finds records by whose number was typed. */
function numberIndex({ type, searchable }: FieldDefinition, place: FieldPlace | undefined): IndexWish[] {
  const name = place?.columns[0]
  return type === 'auto_number' && searchable === true && name !== undefined
    ? [ordinary([quoteName(name)])]
    : []
}

function uniqueIndexes(entity: EntityDefinition, places: ReadonlyMap<string, FieldPlace>): IndexWish[] {
  const single = entity.fields.filter((field) => field.unique === true).map((field) => [field.name])
  return [...single, ...(entity.unique ?? [])].map((names) => {
    const keys = names.map((name) => keyOf(name, entity, places))
    return {
      ...ordinary(keys.map((key) => key.column)),
      unique: true,
      fields: keys.map((key) => key.id),
    }
  })
}

function askedIndex(
  names: readonly string[],
  entity: EntityDefinition,
  places: ReadonlyMap<string, FieldPlace>,
): IndexWish {
  const signed = names.map(signedName)
  const keys = signed
    .filter(({ sign }) => sign !== '+')
    .map(({ name, sign }) => ({ ...keyOf(name, entity, places), isDescending: sign === '-' }))
  const carried = signed
    .filter(({ sign }) => sign === '+')
    .map(({ name }) => keyOf(name, entity, places).column)
  const only = keys.length === 1 ? keys[0] : undefined
  // What is looked for in lists is one of their items; an index that carries fields groups by whole lists.
  if (only?.isList === true && carried.length === 0) return { ...ordinary([only.column]), method: 'gin' }
  const last = keys.at(-1)
  const columns = keys.map((key) => `${key.column}${directionOf(key)}`)
  // Entries with the same keys then lie in the order of their rows: what counts and sums touches each page once.
  if (carried.length > 0) return { ...ordinary(columns), carried }
  if (last?.id === 'id') return ordinary(columns)
  return ordinary([...columns, last?.isDescending === true ? '"id" DESC' : '"id"'])
}

// Ascending puts nulls last by itself. A key that is never null keeps the plain direction: the planner matches
// ORDER BY with NULLS LAST to an index only when both say it, and lists leave it out for such a key.
function directionOf(key: { readonly isDescending: boolean; readonly isNullable: boolean }): string {
  if (!key.isDescending) return ''
  return key.isNullable ? ' DESC NULLS LAST' : ' DESC'
}

function keyOf(name: string, entity: EntityDefinition, places: ReadonlyMap<string, FieldPlace>) {
  const field = entity.fields.find((candidate) => candidate.name === name) ?? keptField(entity, name)
  const place = field === undefined ? undefined : places.get(field.id ?? '')
  const column = place?.columns[0]
  if (field !== undefined && place !== undefined && column !== undefined) {
    const isList = isListType(place.types[0])
    return { id: field.id ?? '', column: quoteName(column), isNullable: true, isList }
  }
  const isNullable = SYSTEM_KEYS.get(name)
  if (isNullable === undefined) throw new Error(`entity "${entity.name}" has no column for "${name}"`)
  return { id: name, column: quoteName(name), isNullable, isList: false }
}

/** What is kept beside a field of stages: `ever_reached`, `closed_at`. */
function keptField(entity: EntityDefinition, name: string): { readonly id: string } | undefined {
  const kept = stageFieldsOf(entity.fields).find(({ definition }) => definition.name === name)
  return kept === undefined ? undefined : { id: stagePartId(kept.of.id ?? '', kept.part) }
}

function ordinary(keys: readonly string[]): IndexWish {
  return { keys, unique: false, method: 'btree', where: LIVE, fields: [] }
}

/** An index is known by what it is: another specification is another index. */
function toRow(wish: IndexWish, table: EntityRow): IndexRow {
  const specification = JSON.stringify([
    table.itemId,
    wish.keys,
    wish.unique,
    wish.method,
    wish.where,
    ...(wish.carried === undefined ? [] : [wish.carried]),
  ])
  const index = `${wish.unique ? 'tenon_ux' : 'tenon_ix'}_${shortId(specification)}`
  return {
    itemId: uuidOf(specification),
    entityId: table.itemId,
    kind: 'index',
    place: { index, table: table.place.table, ...wish },
    retired: false,
  }
}
