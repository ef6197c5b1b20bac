import type { Entity, Field, RecordData } from '../../api/types.ts'
import { referenceOf } from '../../values/references.ts'

/** What is never shown, or goes by a way of its own. */
const ELSEWHERE: ReadonlySet<string> = new Set(['password', 'files', 'images'])
/** What takes more room than its place: it is changed in a panel beside the page. */
const ROOMY: ReadonlySet<string> = new Set([
  ...['child_list', 'file', 'image', 'json', 'rich_text', 'address', 'location', 'many_to_many'],
])

/** How a field is edited where it is shown. */
export type PlaceEditor = 'value' | 'stage' | 'sheet'

/**
 * How a field is edited where it is shown; undefined where it is not. People are invited, switched off and given roles by
 * acts of their own. A list that does not hold the lines of a record does not change them either.
 */
export function editorOf(entity: Entity, field: Field, record: RecordData): PlaceEditor | undefined {
  const isOpen =
    entity.name !== 'user' &&
    entity.rights.update &&
    entity.rights.onTurn !== true &&
    field.writable &&
    field.computed === undefined &&
    field.masked !== true &&
    field.name !== 'owner' &&
    !ELSEWHERE.has(field.type)
  if (!isOpen || (ROOMY.has(field.type) && record[field.name] === undefined)) return undefined
  if (field.type === 'stage') return entity.pipelines[field.name] === undefined ? undefined : 'stage'
  return ROOMY.has(field.type) ? 'sheet' : 'value'
}

/** A value as a widget takes it: a lookup is its id, expanded or not. */
export function editedValue(field: Field, record: RecordData): unknown {
  const value = record[field.name]
  if (field.relation === undefined || value === null || value === undefined) {
    // A file is a lookup that the model does not call one.
    const isFile = field.type === 'file' || field.type === 'image'
    return (isFile ? referenceOf(value)?.id : value) ?? undefined
  }
  const { kind } = field.relation
  if (kind === 'many' && Array.isArray(value)) return value.flatMap((item) => referenceOf(item)?.id ?? [])
  if (kind === 'children') return value
  const reference = referenceOf(value)
  if (reference?.id == null) return undefined
  return kind === 'dynamic' ? { entity: reference.entity, id: reference.id } : reference.id
}

/** Widgets by which a value is chosen, not typed: the choice is the end of it. */
const CHOSEN: ReadonlySet<string> = new Set(['select', 'boolean', 'lookup', 'user', 'date', 'dynamic_lookup'])

export const isChosen = (field: Field): boolean => CHOSEN.has(field.type)

/** Whether Enter begins a new line or takes another part in. */
export const takesEnter = (field: Field): boolean =>
  ['long_text', 'tags', 'multi_select'].includes(field.type)
