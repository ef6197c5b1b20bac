import { useSyncExternalStore } from 'react'
import type { Me } from '../../api/types.ts'

/** How a person has arranged the columns of a view on this device; what is absent is as the view has it. */
export interface Arrangement {
  readonly columns?: readonly string[] | undefined
  /** Pixels, by path. */
  readonly widths?: Readonly<Record<string, number>> | undefined
  /** How many columns stay while the others are scrolled sideways. */
  readonly frozen?: number | undefined
}

/** Pixels that a column has at least and at most. */
export const NARROWEST = 48
export const WIDEST = 1200

const KEY = 'tenon.columns'
/** Views that are remembered; the ones arranged longest ago go first. */
const MOST = 200
const NONE: Arrangement = {}

type Kept = Readonly<Record<string, Arrangement>>

const listeners = new Set<() => void>()
let current: Kept = read()

function read(): Kept {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    if (kept === null || typeof kept !== 'object') return {}
    return Object.fromEntries(Object.entries(kept).map(([key, value]) => [key, arrangementOf(value)]))
  } catch {
    return {} // storage is refused in some private windows, and anybody may have written into it
  }
}

/** What is left of it where anybody may have written anything. */
export function arrangementOf(value: unknown): Arrangement {
  const { columns, widths, frozen } = (value ?? {}) as Record<string, unknown>
  const names = Array.isArray(columns) ? columns.filter((name) => typeof name === 'string') : []
  const sizes = Object.entries(widths !== null && typeof widths === 'object' ? widths : {}).filter(
    ([, width]) => typeof width === 'number' && width >= NARROWEST && width <= WIDEST,
  )
  return {
    ...(names.length === 0 ? {} : { columns: names }),
    ...(sizes.length === 0 ? {} : { widths: Object.fromEntries(sizes) }),
    ...(typeof frozen === 'number' && Number.isInteger(frozen) && frozen >= 0 ? { frozen } : {}),
  }
}

const keyOf = ({ user }: Pick<Me, 'user'>, entity: string, view: string | undefined): string =>
  [user.id, entity, view ?? ''].join(' ')

/** Whoever signs in here next has arrangements of their own. */
export function useArrangement(me: Me, entity: string, view: string | undefined): Arrangement {
  const kept = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
  return kept[keyOf(me, entity, view)] ?? NONE
}

/** Keeps what has changed of an arrangement; an empty one is forgotten. */
export function keepArrangement(me: Me, entity: string, view: string | undefined, change: Arrangement): void {
  const key = keyOf(me, entity, view)
  const { [key]: before, ...others } = current
  const next = arrangementOf({ ...before, ...change })
  const entries = Object.entries(others).slice(-MOST + 1)
  current = Object.fromEntries(Object.keys(next).length === 0 ? entries : [...entries, [key, next]])
  try {
    localStorage.setItem(KEY, JSON.stringify(current))
  } catch {
    // Not kept, still in force until the page closes.
  }
  for (const listener of listeners) listener()
}
