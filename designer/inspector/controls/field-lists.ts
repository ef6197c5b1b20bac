/** How a field stands in an index. */
export type Order = 'ascending' | 'descending' | 'carried'

export interface ListedField {
  readonly name: string
  readonly order: Order
}

const SIGNS: Readonly<Record<Order, string>> = { ascending: '', descending: '-', carried: '+' }

export const readField = (text: string): ListedField => ({
  name: text.replace(/^[-+]/, ''),
  order: text.startsWith('-') ? 'descending' : text.startsWith('+') ? 'carried' : 'ascending',
})

export const writtenField = ({ name, order }: ListedField): string => `${SIGNS[order]}${name}`

/** Lists of fields as a draft has them; undefined where something else stands there. */
export function readFieldLists(value: unknown): readonly (readonly ListedField[])[] | undefined {
  const lists: readonly unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value]
  const isRead = (one: unknown): one is readonly string[] =>
    Array.isArray(one) && one.every((text) => typeof text === 'string')
  return lists.every(isRead) ? lists.map((list) => list.map(readField)) : undefined
}

/**
 * Lists with one of them changed; a list without fields is none, and none at all are not written. What is carried along
 * stands behind what is looked up.
 */
export function withFieldList(
  lists: readonly (readonly ListedField[])[],
  at: number,
  fields: readonly ListedField[],
): readonly (readonly string[])[] | undefined {
  const isCarried = ({ order }: ListedField): boolean => order === 'carried'
  const inOrder = [...fields.filter((one) => !isCarried(one)), ...fields.filter(isCarried)]
  const next = (at < lists.length ? lists.with(at, inOrder) : [...lists, inOrder]).filter(
    (list) => list.length > 0,
  )
  return next.length === 0 ? undefined : next.map((list) => list.map(writtenField))
}
