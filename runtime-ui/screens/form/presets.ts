import type { Entity } from '../../api/types.ts'
import type { FormData } from '../../forms/form-data.ts'

/** Types whose values are written as they are. */
const PLAIN: ReadonlySet<string> = new Set(['text', 'date', 'date_time'])

/**
 * Values that a link to a new record brings along (`?set.account=<id>`): a child begins with its parent, what was
 * looked for in vain with its name, what stands on a day of a calendar with that day. Where the lookup may lead to several entities the value is `entity:id`.
 */
export function presetsOf(search: URLSearchParams, entity: Entity): FormData {
  const presets: Record<string, unknown> = {}
  for (const [key, value] of search) {
    const name = key.startsWith('set.') ? key.slice(4) : undefined
    const field = entity.fields.find((candidate) => candidate.name === name)
    if (field === undefined || !field.writable) continue
    if (PLAIN.has(field.type)) presets[field.name] = value
    const kind = field.relation?.kind
    if (kind === 'one') presets[field.name] = value
    if (kind === 'many') presets[field.name] = [value]
    const [target, id] = value.split(':')
    if (kind === 'dynamic' && id !== undefined) presets[field.name] = { entity: target, id }
  }
  return presets
}

/** The address of a new record that points back to its parent. */
export function newChildAddress(child: Entity, fieldName: string, parent: string, id: string): string {
  const field = child.fields.find((candidate) => candidate.name === fieldName)
  const value = field?.relation?.kind === 'dynamic' ? `${parent}:${id}` : id
  return `/records/${child.name}/new?${new URLSearchParams({ [`set.${fieldName}`]: value })}`
}
