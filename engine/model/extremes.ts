import type { DefinitionSet } from './compiled.ts'
import { parseOver } from './over.ts'

/** Functions that look for one value among those of a parent's records. */
const EXTREMES: ReadonlySet<unknown> = new Set(['min', 'max'])

/**
 * By entity: lookup and field of each roll-up elsewhere that asks for the smallest or largest value, or for the records
 * of a while: an index over both gives them at once however many records a parent has.
 */
export function extremesByEntity(
  definitions: DefinitionSet,
): ReadonlyMap<string, readonly (readonly [string, string])[]> {
  const found = new Map<string, (readonly [string, string])[]>()
  for (const entity of definitions.entity.values()) {
    for (const field of entity.fields) {
      if (field.type !== 'roll_up' || typeof field.over !== 'string') continue
      const { relation, value } = parseOver(field.over)
      const from = pointing(definitions, entity.name, relation)
      const asked = field.window === undefined ? extremeOf(field.fn, value) : windowedBy(field.window)
      if (from === undefined || asked === undefined) continue
      found.set(from.entity, [...(found.get(from.entity) ?? []), [from.by, asked]])
    }
  }
  return found
}

function extremeOf(fn: unknown, value: string | undefined): string | undefined {
  return EXTREMES.has(fn) ? value : undefined
}

/** Of a rolling window the records are found by their time. */
function windowedBy(window: unknown): string | undefined {
  const by = (window as { readonly by?: unknown }).by
  return typeof by === 'string' ? by : undefined
}

/** The lookup behind a relation that leads to an entity. */
function pointing(
  definitions: DefinitionSet,
  to: string,
  relation: string,
): { readonly entity: string; readonly by: string } | undefined {
  for (const entity of definitions.entity.values()) {
    for (const { name, inverse, ...field } of entity.fields) {
      if (field.to === to && (inverse ?? `${entity.name}_${name}`) === relation)
        return { entity: entity.name, by: name }
    }
  }
  return undefined
}
