import { useSyncExternalStore } from 'react'
import type { Me } from '../../api/types.ts'

const KEY = 'tenon.opening-views'
const listeners = new Set<() => void>()
let current: Readonly<Record<string, string>> = read()

function read(): Readonly<Record<string, string>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    if (kept === null || typeof kept !== 'object') return {}
    return Object.fromEntries(
      Object.entries(kept).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    )
  } catch {
    return {} // storage is refused in some private windows, and anybody may have written into it
  }
}

const keyOf = ({ user }: Pick<Me, 'user'>, entity: string): string => `${user.id} ${entity}`

/** The view with which a person has a list open on this device; undefined: the one of their role. */
export function useOpeningView(me: Me, entity: string): string | undefined {
  const kept = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
  return kept[keyOf(me, entity)]
}

/** @param view undefined: as the role has it */
export function keepOpeningView(me: Me, entity: string, view: string | undefined): void {
  const { [keyOf(me, entity)]: _before, ...others } = current
  current = view === undefined ? others : { ...others, [keyOf(me, entity)]: view }
  try {
    localStorage.setItem(KEY, JSON.stringify(current))
  } catch {
    // Not kept, still in force until the page closes.
  }
  for (const listener of listeners) listener()
}
