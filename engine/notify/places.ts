/** What fills one place of a message: a text as people read it, and what lies behind it. */
export interface Place {
  readonly text: string
  /** What `if` asks: false for nothing, no and zero. */
  readonly filled: boolean
  /** The places of a related record, by field. */
  readonly behind?: Places
  /** Of a list: the places of each of its records, for `each`. */
  readonly items?: readonly Places[]
}

export type Places = Readonly<Record<string, Place>>

/** A place with a plain text. */
export function placeOf(text: string): Place {
  return { text, filled: text !== '' }
}

/**
 * Places as handlebars takes them: objects without a prototype, which print their text and lead on to what is behind
 * them, and to nothing else.
 */
export function toInput(places: Places): object {
  const input = Object.create(null) as Record<string, unknown>
  for (const [name, place] of Object.entries(places)) {
    const value = place.behind === undefined ? Object.create(null) : toInput(place.behind)
    const hidden = { enumerable: false }
    Object.defineProperty(value, 'toString', { ...hidden, value: () => place.text })
    Object.defineProperty(value, FILLED, { ...hidden, value: place.filled })
    Object.defineProperty(value, ITEMS, { ...hidden, value: place.items?.map(toInput) ?? [] })
    input[name] = value
  }
  return input
}

const FILLED = Symbol('filled')
const ITEMS = Symbol('items')

/** What `each` goes through: the records of a list, of anything else none. */
export function itemsOf(value: unknown): readonly object[] {
  if (typeof value !== 'object' || value === null) return []
  return (value as { readonly [ITEMS]?: readonly object[] })[ITEMS] ?? []
}

/** Whether a value that a helper is given counts as something. */
export function isFilled(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return Boolean(value)
  return (value as { readonly [FILLED]?: boolean })[FILLED] === true
}
