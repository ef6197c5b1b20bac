import { useState } from 'react'

export interface Selection {
  readonly ids: ReadonlySet<string>
  /** Takes a row in or out; with `range` all from the one before to it. */
  toggle(index: number, range?: boolean): void
  /** Takes in all that are loaded, or lets all go. */
  toggleAll(): void
  set(ids: readonly string[]): void
  clear(): void
}

const NONE: ReadonlySet<string> = new Set()

/**
 * The rows that a person has chosen. @param about what the list shows: something else begins with none */
export function useSelection(records: readonly { readonly id: string }[], about: string): Selection {
  const [chosen, setChosen] = useState({ about, ids: NONE, anchor: -1 })
  const { ids, anchor } = chosen.about === about ? chosen : { ids: NONE, anchor: -1 }
  const choose = (next: ReadonlySet<string>, at: number): void => setChosen({ about, ids: next, anchor: at })
  return {
    ids,
    toggle(index, range = false) {
      const record = records[index]
      if (record === undefined) return
      const next = new Set(ids)
      if (range && anchor >= 0) {
        const [from, to] = anchor < index ? [anchor, index] : [index, anchor]
        for (const { id } of records.slice(from, to + 1)) next.add(id)
      } else if (!next.delete(record.id)) next.add(record.id)
      choose(next, index)
    },
    toggleAll() {
      const isAll = records.every(({ id }) => ids.has(id))
      choose(isAll ? NONE : new Set([...ids, ...records.map(({ id }) => id)]), -1)
    },
    set: (next) => choose(new Set(next), -1),
    clear: () => choose(NONE, -1),
  }
}
