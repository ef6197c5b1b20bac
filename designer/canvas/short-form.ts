import { isObject, type Json } from '../store/json-value.ts'

/** An entry as a definition may write it, such as a column: the field alone, or with more. */
export type Entry = string | Json

export const entriesAt = (definition: Json, key: string): readonly Entry[] => {
  const list = definition[key]
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string' || isObject(one)) : []
}

/** The field that an entry names, or where its path leads. */
export const pathOf = (entry: Entry): string =>
  typeof entry === 'string' ? entry : String(entry.field ?? '')

export const asObject = (entry: Entry): Json => (typeof entry === 'string' ? { field: entry } : entry)

/** The short form where nothing more is said of it. */
export const short = (entry: Json): Entry =>
  Object.keys(entry).length === 1 && typeof entry.field === 'string' ? entry.field : entry

/** A definition whose entries of a list are all in the long form: they can be edited as those that say more. */
export const inLongForm = (definition: Json, key: string): Json => ({
  ...definition,
  [key]: entriesAt(definition, key).map(asObject),
})
