import { isSame, type Json, type Path } from '../store/json-value.ts'

/** One act on the draft that leads from one definition to another: the one place that differs, or all of it. */
export function stepTo(from: Json, to: Json): { readonly path: Path; readonly value: unknown } | undefined {
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter(
    (key) => !isSame(from[key], to[key]),
  )
  if (keys.length === 0) return undefined
  return keys.length === 1 ? { path: [keys[0]!], value: to[keys[0]!] } : { path: [], value: to }
}
