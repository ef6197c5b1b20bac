import type { Entity } from '../api/types.ts'
import type { Draft } from './draft.ts'
import { type FormData, same } from './form-data.ts'

/** Never kept outside of the form. */
const SECRET: ReadonlySet<string> = new Set(['encrypted', 'password'])

/** What somebody has changed in a form, so that a reload does not lose it; null for what was cleared. */
export function changedValues({ data, begun }: Draft, { fields }: Pick<Entity, 'fields'>): FormData {
  const secret = new Set(fields.filter(({ type }) => SECRET.has(type)).map(({ name }) => name))
  const names = new Set([...Object.keys(data), ...Object.keys(begun)])
  return Object.fromEntries(
    [...names]
      .filter((name) => !secret.has(name) && !same(data[name], begun[name]))
      .map((name) => [name, data[name] ?? null]),
  )
}

/** Values as they were kept; undefined where there are none. */
export function readKept(text: string | null): FormData | undefined {
  try {
    const kept: unknown = JSON.parse(text ?? 'null')
    const isObject = typeof kept === 'object' && kept !== null && !Array.isArray(kept)
    return isObject && Object.keys(kept).length > 0 ? (kept as FormData) : undefined
  } catch {
    return undefined // anybody may have written there
  }
}

/** Of a person, an entity, and a record or a new one. It lasts as long as the window. */
export const draftKey = (person: string, entity: string, id: string | undefined): string =>
  `tenon.draft.${person}.${entity}.${id ?? 'new'}`

export function keptDraft(key: string): FormData | undefined {
  try {
    return readKept(sessionStorage.getItem(key))
  } catch {
    return undefined // storage is refused in some private windows
  }
}

export function keepDraft(key: string, values: FormData): void {
  try {
    if (Object.keys(values).length === 0) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify(values))
  } catch {
    // Nothing is kept then: the browser asks before the page is left.
  }
}
