import type { Entity } from '../api/types.ts'
import type { Draft, KeptDraft } from './draft.ts'
import { type FormData, same } from './form-data.ts'

/** Never kept outside of the form. */
const SECRET: ReadonlySet<string> = new Set(['encrypted', 'password'])

/** What somebody has changed in a form, and on what, so that a reload does not lose it; undefined where nothing was. */
export function toKeep(
  { data, begun, base, version }: Draft,
  { fields }: Pick<Entity, 'fields'>,
): KeptDraft | undefined {
  const secret = new Set(fields.filter(({ type }) => SECRET.has(type)).map(({ name }) => name))
  const names = new Set([...Object.keys(data), ...Object.keys(begun)])
  const changed = [...names].filter((name) => !secret.has(name) && !same(data[name], begun[name]))
  if (changed.length === 0) return undefined
  const of = (from: FormData): FormData =>
    Object.fromEntries(changed.map((name) => [name, from[name] ?? null]))
  return { values: of(data), base: of(base), version }
}

const isObject = (value: unknown): value is FormData =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What was kept; undefined where there is nothing. */
export function readKept(text: string | null): KeptDraft | undefined {
  try {
    const kept: unknown = JSON.parse(text ?? 'null')
    if (!isObject(kept) || !isObject(kept.values) || !isObject(kept.base)) return undefined
    const { values, base, version } = kept
    if (Object.keys(values).length === 0) return undefined
    return { values, base, version: typeof version === 'number' ? version : undefined }
  } catch {
    return undefined // anybody may have written there
  }
}

/** Of a person, an entity, and a record or a new one. It lasts as long as the window. */
export const draftKey = (person: string, entity: string, id: string | undefined): string =>
  `tenon.draft.${person}.${entity}.${id ?? 'new'}`

export function keptDraft(key: string): KeptDraft | undefined {
  try {
    return readKept(sessionStorage.getItem(key))
  } catch {
    return undefined // storage is refused in some private windows
  }
}

export function keepDraft(key: string, kept: KeptDraft | undefined): void {
  try {
    if (kept === undefined) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify(kept))
  } catch {
    // Nothing is kept then: the browser asks before the page is left.
  }
}
