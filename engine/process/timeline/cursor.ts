import { refuse } from '../../errors.ts'
import { decodeCursor, encodeCursor } from '../../records/cursor.ts'
import type { TimelineSource } from '../../records/timeline-source.ts'

/** With which row each source goes on, by the source's name; null at its end. One that is not in it begins anew. */
export type Places = ReadonlyMap<string, string | null>

export function encodePlaces(fingerprint: string, places: Places): string {
  return encodeCursor(fingerprint, [JSON.stringify(Object.fromEntries(places))])
}

/**
 * @throws AppError QUERY_CURSOR_INVALID for a cursor of another question, or one with keys that no source can have
 */
export function decodePlaces(text: string, fingerprint: string, sources: readonly TimelineSource[]): Places {
  const [json] = decodeCursor(text, fingerprint, 1)
  const keys = readKeys(json ?? '')
  return new Map(
    sources
      .filter(({ name }) => Object.hasOwn(keys, name))
      .map(({ name, key }): [string, string | null] => {
        const place = keys[name]
        if (place === null || (typeof place === 'string' && key.test(place))) return [name, place]
        throw invalid()
      }),
  )
}

function readKeys(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value === 'object' && value !== null) return { ...value }
  } catch {
    // Refused below like what is JSON but no keys.
  }
  throw invalid()
}

function invalid(): Error {
  return refuse('QUERY_CURSOR_INVALID', '/after')
}
