import type { Entity, Field, RecordData, Reference } from '../api/types.ts'

/** Whether a field leads to one other record, so that a list must ask for its name. */
export const leadsToOne = (field: Field): boolean =>
  field.relation !== undefined && (field.relation.kind === 'one' || field.relation.kind === 'dynamic')

/** The value of a lookup as a reference, expanded or not; undefined where there is none. */
export function referenceOf(value: unknown): Reference | undefined {
  if (typeof value === 'string') return { id: value, label: null }
  if (value === null || typeof value !== 'object' || !('id' in value)) return undefined
  const { id, label, hidden, entity, pool } = value as Partial<Reference>
  return {
    id: id ?? null,
    label: label ?? null,
    ...(hidden === true ? { hidden } : {}),
    ...(typeof entity === 'string' ? { entity } : {}),
    ...(typeof pool === 'string' ? { pool } : {}),
  }
}

/** The entity that a reference leads to. */
export function targetOf(field: Field, reference: Reference): string | undefined {
  return reference.entity ?? (field.relation?.to.length === 1 ? field.relation.to[0] : undefined)
}

/** Whether a field leads to a person. Of people that one may not read the model does not say that it does; its type does. */
export const leadsToPerson = (field: Field): boolean =>
  field.type === 'user' || (field.relation?.to.length === 1 && field.relation.to[0] === 'user')

/** What a reference is called; undefined where that is not known, or nothing but its id. */
export const nameOf = ({ id, label }: Reference): string | undefined =>
  label === null || label === '' || label === id ? undefined : label

/** What a record is called: its title field, else what it is. Nobody knows a record by its id. */
export function titleOf(entity: Entity, record: RecordData): string {
  const value = entity.title === undefined ? undefined : record[entity.title]
  if (typeof value === 'string' && value !== '') return value
  if (typeof value === 'number') return String(value)
  const reference = referenceOf(value)
  return (reference === undefined ? undefined : nameOf(reference)) ?? entity.label
}

/**
 * A column's field and value; a path goes through an expanded lookup (`account.region`).
 * Undefined where the actor may not know the field.
 */
export function fieldAt(entities: readonly Entity[], entity: Entity, path: string): Field | undefined {
  const [head, ...rest] = path.split('.')
  const field = entity.fields.find((candidate) => candidate.name === head)
  if (field === undefined || rest.length === 0) return field
  const target = entities.find((candidate) => candidate.name === field.relation?.to[0])
  const inner = target === undefined ? undefined : fieldAt(entities, target, rest.join('.'))
  return inner === undefined
    ? undefined
    : { ...inner, label: `${field.label} · ${inner.label}`, sortable: false }
}

export function valueAt(record: RecordData, path: string): unknown {
  let value: unknown = record
  for (const part of path.split('.')) {
    if (value === null || typeof value !== 'object') return undefined
    value = (value as Readonly<Record<string, unknown>>)[part]
  }
  return value
}

const MANY: ReadonlySet<string> = new Set(['many', 'children'])

/** Everything that a page or a form of a record names: lookups to one and to many, the lines of a child list. */
export function expandAll(entity: Entity): string {
  return entity.fields
    .filter(
      (field) =>
        (leadsToOne(field) || MANY.has(field.relation?.kind ?? '')) && field.relation?.to.length !== 0,
    )
    .map((field) => field.name)
    .join(',')
}
