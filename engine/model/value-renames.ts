import type { EntityDefinition, FieldDefinition } from '../../metadata/types.ts'
import { listedOptions } from '../registry/option-list.ts'
import type { DefinitionSet } from './compiled.ts'
import { fieldContextOf } from './field-context.ts'
import { stagePartId } from './physical-names.ts'
import { type FieldRow, isListType, type PhysicalRow } from './place.ts'

/** Stored values that are names of definitions or items which got another name: they follow it. */
export interface ValueRename {
  /** Unqualified, unquoted. */
  readonly table: string
  readonly column: string
  /** The column holds a list of names. */
  readonly isList: boolean
  /** New names by old ones. */
  readonly names: ReadonlyMap<string, string>
}

/**
 * What a candidate renames among stored values: options, stages and roles in the fields that hold them. Dynamic
 * lookups keep their target's id, so a renamed entity is no matter. Pure.
 * @param places the places of the candidate
 */
export function findValueRenames(
  base: DefinitionSet,
  candidate: DefinitionSet,
  places: readonly PhysicalRow[],
): readonly ValueRename[] {
  const rows = new Map(places.flatMap((row) => (row.kind === 'field' ? [[row.itemId, row] as const] : [])))
  const tables = new Map(
    places.flatMap((row) => (row.kind === 'entity' ? [[row.itemId, row.place.table]] : [])),
  )
  const lists = { base: closedLists(base), candidate: closedLists(candidate) }
  const before = new Map([...base.entity.values()].map((entity) => [entity.id, entity]))
  const isSameLists = LISTING.every((kind) => isSameMap(base[kind], candidate[kind]))
  const inRecords = [...candidate.entity.values()].flatMap((entity) => {
    const earlier = before.get(entity.id)
    const table = tables.get(entity.id ?? '')
    if (earlier === undefined || table === undefined || (isSameLists && earlier === entity)) return []
    const formerly = new Map(earlier.fields.map((one) => [one.id, one]))
    return entity.fields.flatMap((field) => {
      const former = formerly.get(field.id)
      const row = rows.get(field.id ?? '')
      if (former === undefined || row === undefined) return []
      const reached = rows.get(stagePartId(field.id ?? '', 'ever_reached'))
      return [row, ...(reached === undefined ? [] : [reached])].flatMap((place) =>
        optionRename(table, place, lists.base(earlier, former), lists.candidate(entity, field)),
      )
    })
  })
  return [...inRecords, ...inTokens(base, candidate)]
}

/** Where lists of options stand that are not the field's own. */
const LISTING = ['option_set', 'pipeline', 'role'] as const

function isSameMap(one: ReadonlyMap<string, object>, other: ReadonlyMap<string, object>): boolean {
  return one.size === other.size && [...one].every(([name, value]) => other.get(name) === value)
}

/** API tokens have roles of their own. */
function inTokens(base: DefinitionSet, candidate: DefinitionSet): readonly ValueRename[] {
  const names = renamedNames([...base.role.values()], [...candidate.role.values()])
  return names.size === 0 ? [] : [{ table: 'tenon_session', column: 'roles', isList: true, names }]
}

interface Named {
  readonly id?: string
  readonly name: string
}

/** Finds the closed list of names that a field may hold; [] where there is none. Options carry their ids. */
function closedLists(set: DefinitionSet) {
  const contexts = fieldContextOf({ definitions: set, settings: { currency: '' } })
  return (entity: EntityDefinition, field: FieldDefinition): readonly Named[] =>
    listedOptions(field, contexts(entity.name)) ?? []
}

function optionRename(
  table: string,
  row: FieldRow,
  before: readonly Named[],
  after: readonly Named[],
): ValueRename[] {
  const names = renamedNames(before, after)
  const column = row.place.columns[0]
  if (names.size === 0 || column === undefined) return []
  return [{ table, column, isList: isListType(row.place.types[0]), names }]
}

/** New names by old ones, for what has the same id and another name. */
export function renamedNames(before: readonly Named[], after: readonly Named[]): ReadonlyMap<string, string> {
  if (before === after || before.length === 0) return new Map()
  const byId = new Map(after.map((item) => [item.id, item.name]))
  return new Map(
    before.flatMap((item) => {
      const name = item.id === undefined ? undefined : byId.get(item.id)
      return name === undefined || name === item.name ? [] : [[item.name, name] as const]
    }),
  )
}
