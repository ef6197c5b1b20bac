import { createHash } from 'node:crypto'
import { refuse } from '../errors.ts'
import { isStorableText } from '../fields/parts/formats.ts'

/** The end of a page: the sort keys of its last row, as PostgreSQL prints them; null where the key is null. */
export type CursorKeys = readonly (string | null)[]

/** What a cursor belongs to: it is refused with any other filter, sort or search. */
export function questionFingerprint(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 12)
}

export function encodeCursor(fingerprint: string, keys: CursorKeys): string {
  return Buffer.from(JSON.stringify([fingerprint, ...keys])).toString('base64url')
}

/**
 * @throws AppError QUERY_CURSOR_INVALID when the text is no cursor, or one of another question
 */
export function decodeCursor(text: string, fingerprint: string, keyCount: number): CursorKeys {
  const keys = readCursor(text)
  const isOurs =
    keys !== undefined &&
    keys.length === keyCount + 1 &&
    keys[0] === fingerprint &&
    keys.every((key) => key === null || (typeof key === 'string' && isStorableText(key)))
  if (!isOurs) throw refuse('QUERY_CURSOR_INVALID', '/after')
  return keys.slice(1) as CursorKeys
}

function readCursor(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined // not ours: the caller refuses it
  }
}

/** The refusal of keys that PostgreSQL cannot read as values (SQLSTATE class 22), or the error itself. */
export function cursorFault(error: unknown): unknown {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && code.startsWith('22') ? refuse('QUERY_CURSOR_INVALID', '/after') : error
}
