import { useLayoutEffect, useRef } from 'react'
import { useSearchParams } from 'react-router'
import type { Entity } from '../../api/types.ts'
import { useWork } from '../../kit/model-context.tsx'
import { type Arrangement, keepArrangement, useArrangement } from './arrangement.ts'
import { type AddressState, type ListState, readListState, viewOf, writeListState } from './list-state.ts'

/** Something else of a list, worked out of what it was where it depends on that. */
export type ListChange = Partial<ListState> | ((state: ListState) => Partial<ListState>)

/** What a list shows: what its address says, and how its columns are arranged on this device. */
export function useListState(entity: Entity): {
  readonly state: ListState
  /** @param replace the step before is no place to come back to */
  readonly change: (change: ListChange, replace?: boolean) => void
} {
  const { me } = useWork()
  const [search, setSearch] = useSearchParams()
  const address = readListState(search)
  // The page follows the address a moment later: two quick presses must not be worked out of the same state.
  const latest = useRef(address)
  useLayoutEffect(() => {
    latest.current = readListState(search)
  }, [search])
  const opening = me.settings.opening_views[entity.name]
  const view = viewOf(entity, address.view ?? opening)?.name
  const kept = useArrangement(me, entity.name, view)
  const withOpening = (said: AddressState): AddressState => ({ ...said, view: said.view ?? opening })
  const state = arranged(withOpening(address), kept)
  const change = (part: ListChange, replace = false): void => {
    const given = typeof part === 'function' ? part(arranged(withOpening(latest.current), kept)) : part
    // What stood in place of one view's filter is none of another view.
    const isLeaving = 'view' in given && latest.current.isWhole
    const left = isLeaving ? { filter: undefined, isWhole: false } : {}
    const { widths, frozen, ...next } = { ...latest.current, ...left, ...given }
    latest.current = next
    // Another view has an arrangement of its own.
    if (!('view' in given)) {
      const touched = ARRANGED.filter((key) => key in given)
      if (touched.length > 0) {
        const change = Object.fromEntries(touched.map((key) => [key, given[key]]))
        keepArrangement(me, entity.name, view, change)
      }
    }
    const written = writeListState(next)
    if (written.toString() !== search.toString() || !replace) setSearch(written, { replace })
  }
  return { state, change }
}

const ARRANGED = ['columns', 'widths', 'frozen'] as const satisfies readonly (keyof Arrangement)[]

const arranged = (address: AddressState, { columns, widths, frozen }: Arrangement): ListState => ({
  ...address,
  columns: address.columns ?? columns,
  widths,
  frozen,
})

/** Whether columns go to other places and sizes alone: the list stays where it is scrolled to. */
export const isArranging = (change: ListChange): boolean =>
  typeof change !== 'function' &&
  Object.keys(change).every((key) => (ARRANGED as readonly string[]).includes(key))
