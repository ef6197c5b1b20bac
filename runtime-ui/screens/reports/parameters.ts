import type { Tile, Where } from '../../api/reports.ts'
import type { Entity, Field } from '../../api/types.ts'

/** A field by which figures are narrowed, and of which entity's records it is one. */
export interface AskedParameter {
  readonly path: string
  readonly entity: string
}

/** The field at the end of a path, with the options that a pipeline gives it; undefined where it is not known here. */
export function fieldAt(
  model: { readonly entities: readonly Entity[] },
  entityName: string,
  path: string,
): Field | undefined {
  const [name = '', ...rest] = path.split('.')
  const entity = model.entities.find((one) => one.name === entityName)
  const field = entity?.fields.find((one) => one.name === name)
  if (entity === undefined || field === undefined) return undefined
  const target = field.relation?.to[0]
  if (rest.length > 0) return target === undefined ? undefined : fieldAt(model, target, rest.join('.'))
  const stages = entity.pipelines[name]
  return stages === undefined ? field : { ...field, options: stages }
}

/** All parameters of the tiles of a dashboard, each once. */
export function parametersOf(tiles: readonly Tile[]): readonly AskedParameter[] {
  const byPath = new Map<string, AskedParameter>()
  for (const { entity, parameters } of tiles) {
    for (const path of parameters)
      if (entity !== null && !byPath.has(path)) byPath.set(path, { path, entity })
  }
  return [...byPath.values()]
}

/** What of the narrowing a report knows; undefined for nothing. */
export function whereFor(where: Where, parameters: readonly string[]): Where | undefined {
  const known = Object.entries(where).filter(([path]) => parameters.includes(path))
  return known.length === 0 ? undefined : Object.fromEntries(known)
}

/** The narrowing in an address; what is no such thing counts for nothing. */
export function readWhere(text: string | null): Where {
  if (text === null) return {}
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return {}
    return Object.fromEntries(
      Object.entries(read).filter(([, values]) => Array.isArray(values) && values.length > 0),
    ) as Where
  } catch {
    return {} // an address that somebody cut short
  }
}

/** The address of a report or dashboard with what was chosen. */
export function chosenSearch(period: string | undefined, where: Where): Record<string, string> {
  return {
    ...(period === undefined ? {} : { period }),
    ...(Object.keys(where).length === 0 ? {} : { where: JSON.stringify(where) }),
  }
}
