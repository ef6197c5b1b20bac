import { useLayoutEffect, useMemo, useRef, useState } from 'react'

export interface Selection {
  readonly ids: ReadonlySet<string>
  /** Takes a row in or out; with `range` all from the one before to it. Always the same function: rows hold it. */
  readonly toggle: (index: number, range?: boolean) => void
  /** Takes in all that are loaded, or lets all go. */
  toggleAll(): void
  set(ids: readonly string[]): void
  clear(): void
}

const NONE: ReadonlySet<string> = new Set()

/**
 * The rows that a person has chosen. @param about what the list shows: something else begins with none
 */
export function useSelection(records: readonly { readonly id: string }[], about: string): Selection {
  const [chosen, setChosen] = useState({ about, ids: NONE, anchor: -1 })
  const { ids, anchor } = chosen.about === about ? chosen : { ids: NONE, anchor: -1 }
  const latest = useRef({ records, about, ids, anchor })
  useLayoutEffect(() => {
    latest.current = { records, about, ids, anchor }
  })
  const acts = useMemo(() => {
    const choose = (next: ReadonlySet<string>, at: number): void =>
      setChosen({ about: latest.current.about, ids: next, anchor: at })
    return {
      toggle(index: number, range = false): void {
        const now = latest.current
        const record = now.records[index]
        if (record === undefined) return
        const next = new Set(now.ids)
        if (range && now.anchor >= 0) {
          const [from, to] = now.anchor < index ? [now.anchor, index] : [index, now.anchor]
          for (const { id } of now.records.slice(from, to + 1)) next.add(id)
        } else if (!next.delete(record.id)) next.add(record.id)
        choose(next, index)
      },
      toggleAll(): void {
        const now = latest.current
        const isAll = now.records.every(({ id }) => now.ids.has(id))
        choose(isAll ? NONE : new Set([...now.ids, ...now.records.map(({ id }) => id)]), -1)
      },
      set: (next: readonly string[]): void => choose(new Set(next), -1),
      clear: (): void => choose(NONE, -1),
    }
  }, [])
  return useMemo(() => ({ ids, ...acts }), [ids, acts])
}
