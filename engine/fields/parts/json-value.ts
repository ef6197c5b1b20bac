import { isLosslessNumber } from 'lossless-json'
import type { ValueFault } from '../../registry/field-type.ts'
import { isStorableText } from './formats.ts'

/** PostgreSQL parses JSON by recursion; far below its limit, far above what a person nests. */
const MOST_DEEP = 100

interface Place {
  readonly value: unknown
  readonly path: string
  readonly depth: number
}

/**
 * The first reason why a JSON value cannot be kept exactly, or undefined: a text or key with NUL or half of a
 * surrogate pair, a number that a float does not keep, nesting over 100 levels. Walks without recursion, since
 * the value may nest as deep as it likes.
 */
export function jsonFault(value: unknown): ValueFault | undefined {
  const open: Place[] = [{ value, path: '', depth: 0 }]
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const fault = faultHere(place)
    if (fault !== undefined) return fault
    for (const child of childrenOf(place)) open.push(child)
  }
  return undefined
}

function faultHere({ value, path, depth }: Place): ValueFault | undefined {
  if (depth > MOST_DEEP) return { code: 'FIELD_JSON_TOO_DEEP', path, params: { limit: MOST_DEEP } }
  if (typeof value === 'string' && !isStorableText(value)) return { code: 'FIELD_TEXT_INVALID', path }
  if (isLosslessNumber(value) || (typeof value === 'number' && !Number.isFinite(value))) {
    return { code: 'FIELD_NUMBER_TOO_PRECISE', path, params: { scale: 15 } }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.keys(value).every(isStorableText) ? undefined : { code: 'FIELD_TEXT_INVALID', path }
}

function* childrenOf({ value, path, depth }: Place): Iterable<Place> {
  if (typeof value !== 'object' || value === null || depth > MOST_DEEP) return
  for (const [key, child] of Object.entries(value)) {
    yield { value: child, path: `${path}/${pointerPart(key)}`, depth: depth + 1 }
  }
}

/** A key as a part of a JSON pointer (RFC 6901). */
export function pointerPart(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
