import type { Entity, Field, RecordData } from '../../../api/types.ts'

/** What a cell that names another record leads to. */
export type Named = { readonly id: string } | 'unknown' | 'many'

/** The fields whose cells name a record of one other entity: customers, colleagues, teams. */
export const namesOne = (field: Field): boolean =>
  field.writable &&
  field.computed === undefined &&
  field.relation?.kind === 'one' &&
  field.relation.to.length === 1 &&
  field.type !== 'file' &&
  field.type !== 'image'

/** By what records of an entity are called: their title, people also by their mail. */
export const namingFields = (target: Entity): readonly string[] => [
  ...(target.title === undefined ? [] : [target.title]),
  ...(target.name === 'user' ? ['email'] : []),
]

/** Which records of an entity some names may mean, as a list is asked for them. */
export const namesRule = (target: Entity, names: readonly string[]): unknown => ({
  or: namingFields(target).map((field) => ({ in: [{ var: field }, names] })),
})

/** Which record a name means, among those that were found; two of one name are nobody's to guess. */
export function meantBy(target: Entity, found: readonly RecordData[], name: string): Named {
  const fitting = found.filter((record) =>
    namingFields(target).some((field) => String(record[field] ?? '') === name),
  )
  const [one] = fitting
  if (one === undefined) return 'unknown'
  return fitting.length === 1 ? { id: one.id } : 'many'
}
