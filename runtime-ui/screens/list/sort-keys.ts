/** Fields that a list is sorted by at most, as the API has it. */
export const MOST_KEYS = 4

export interface SortKey {
  readonly field: string
  readonly isDown: boolean
}

/** The keys of an order such as `-amount,name`, the most important first. */
export function sortKeys(sort: string | undefined): readonly SortKey[] {
  return (sort ?? '')
    .split(',')
    .filter((key) => key !== '')
    .map((key) =>
      key.startsWith('-') ? { field: key.slice(1), isDown: true } : { field: key, isDown: false },
    )
}

export function sortText(keys: readonly SortKey[]): string | undefined {
  return keys.length === 0
    ? undefined
    : keys.map(({ field, isDown }) => (isDown ? `-${field}` : field)).join(',')
}

/** The next order when a column's head is pressed: up, down, the view's own. */
export function nextSort(current: string | undefined, field: string): string | undefined {
  const [first] = sortKeys(current)
  if (first?.field !== field) return field
  return first.isDown ? undefined : `-${field}`
}

/** The next order when it is pressed with Shift: behind the others, then down, then no key any more. */
export function withKey(current: string | undefined, field: string): string | undefined {
  const keys = sortKeys(current)
  const at = keys.findIndex((key) => key.field === field)
  if (at < 0) return sortText([...keys.slice(0, MOST_KEYS - 1), { field, isDown: false }])
  if (keys[at]?.isDown === true) return sortText(keys.filter((key) => key.field !== field))
  return sortText(keys.map((key) => (key.field === field ? { field, isDown: true } : key)))
}
