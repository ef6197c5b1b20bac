import type { Me } from '../api/types.ts'

/** A record that was looked at. */
export interface Recent {
  readonly entity: string
  readonly id: string
  readonly label: string
}

const KEY = 'tenon.recent'
const MOST = 8

/** What a person looked at on this device, the last first. Whoever signs in here next sees none of it. */
export function recentOf(person: string): readonly Recent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    const { of, records } = (kept ?? {}) as { of?: unknown; records?: unknown }
    return of === person && Array.isArray(records) ? (records as Recent[]).filter(isRecent) : []
  } catch {
    return [] // storage is refused in some private windows, and anybody may have written into it
  }
}

const isRecent = ({ entity, id, label }: Recent): boolean =>
  [entity, id, label].every((part) => typeof part === 'string')

/** Keeps that a record was looked at; nothing of what one sees as somebody else. */
export function keepRecent({ user, viewer }: Me, record: Recent): void {
  if (viewer !== undefined) return
  const others = recentOf(user.id).filter(({ id }) => id !== record.id)
  write({ of: user.id, records: [record, ...others].slice(0, MOST) })
}

/** Forgets them all: on signing out. */
export function forgetRecent(): void {
  write({ of: '', records: [] })
}

const listeners = new Set<() => void>()

/** Tells of each record that is looked at here. @returns ends it */
export function onRecent(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What is kept, as text: another whenever something has changed. */
export function recentText(): string {
  try {
    return localStorage.getItem(KEY) ?? ''
  } catch {
    return '' // as above
  }
}

function write(kept: { readonly of: string; readonly records: readonly Recent[] }): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept))
  } catch {
    // Nothing is kept then: the palette begins without them.
  }
  for (const tell of listeners) tell()
}
