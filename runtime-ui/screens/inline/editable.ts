import type { Entity, Field, RecordData } from '../../api/types.ts'
import { referenceOf } from '../../values/references.ts'

/** What takes more room than its place, has a way of its own, or is never shown. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  ...['child_list', 'password', 'file', 'files', 'image', 'images', 'json', 'rich_text', 'address'],
  ...['stage', 'location', 'many_to_many'],
])

/** Whether a field is edited where it is shown; people are invited, switched off and given roles by acts of their own. */
export const isEditedInPlace = (entity: Entity, field: Field): boolean =>
  entity.name !== 'user' &&
  entity.rights.update &&
  entity.rights.onTurn !== true &&
  field.writable &&
  field.computed === undefined &&
  field.masked !== true &&
  field.name !== 'owner' &&
  !ELSEWHERE.has(field.type)

/** A value as a widget takes it: a lookup is its id, expanded or not. */
export function editedValue(field: Field, record: RecordData): unknown {
  const value = record[field.name]
  if (field.relation === undefined || value === null || value === undefined) return value ?? undefined
  const reference = referenceOf(value)
  if (reference?.id == null) return undefined
  return field.relation.kind === 'dynamic' ? { entity: reference.entity, id: reference.id } : reference.id
}

/** Widgets by which a value is chosen, not typed: the choice is the end of it. */
const CHOSEN: ReadonlySet<string> = new Set(['select', 'boolean', 'lookup', 'user', 'date', 'dynamic_lookup'])

export const isChosen = (field: Field): boolean => CHOSEN.has(field.type)

/** Whether Enter begins a new line or takes another part in. */
export const takesEnter = (field: Field): boolean =>
  ['long_text', 'tags', 'multi_select'].includes(field.type)
