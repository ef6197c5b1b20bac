import { useState } from 'react'
import { freshName } from '../inspector/controls/fresh-name.ts'
import type { Json, Path } from '../store/json-value.ts'
import { entryAt, useAtHash } from './at-hash.ts'
import { droppedEntry, movedEntry } from './entries.ts'

interface Ordered<T extends Json> {
  readonly list: readonly T[]
  readonly at: Path
  readonly readOnly: boolean
  readonly set: (path: Path, to: unknown, isAct?: boolean) => void
  /** What a new one begins with. */
  readonly fresh: (name: string) => Json
  readonly stem: string
}

/** An ordered list of a definition in a picture: what is selected, and what is done with its entries. */
export function useEntries<T extends Json>({ list, at, readOnly, set, fresh, stem }: Ordered<T>) {
  const [selected, setSelected] = useState<number>()
  useAtHash((hash) => {
    const place = entryAt(hash, at)
    if (place !== undefined) setSelected(place)
  })
  const change = (next: readonly unknown[]): void => {
    if (!readOnly && next !== list) set(at, next, true)
  }
  const move = (from: number, to: number): void => {
    const next = movedEntry(list, from, to)
    if (next === list) return
    change(next)
    setSelected(to)
  }
  const remove = (place: number): void => {
    change(list.toSpliced(place, 1))
    setSelected(undefined)
  }
  return {
    selected: selected !== undefined && selected < list.length ? selected : undefined,
    select: setSelected,
    move,
    remove,
    /** What the buttons beside the picture do with an entry. */
    actsOn: (place: number) => ({
      isFirst: place === 0,
      isLast: place === list.length - 1,
      onMove: (by: -1 | 1) => move(place, place + by),
      onRemove: () => remove(place),
    }),
    drop(from: number, before: number): void {
      const next = droppedEntry(list, from, before)
      if (next === list) return
      change(next)
      setSelected(next.indexOf(list[from]!))
    },
    add(after: number): void {
      change([...list].toSpliced(after + 1, 0, fresh(freshName(stem, list)) as T))
      setSelected(after + 1)
    },
  }
}
