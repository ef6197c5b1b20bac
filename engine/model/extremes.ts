import type { FieldDefinition } from '../../metadata/types.ts'
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

/** Links lie in tables of their own, where no index holds a value beside them. */
function leadsTo(
  { entity }: DefinitionSet,
  { type, to, toFeature }: Partial<FieldDefinition>,
  name: string,
): boolean {
  if (type === 'many_to_many') return false
  if (type === 'user' || type === 'team') return name === type
  if (toFeature === undefined) return to === name || (Array.isArray(to) && to.includes(name))
  return (entity.get(name)?.features as readonly unknown[] | undefined)?.includes(toFeature) === true
}

/** The lookup behind a relation that leads to an entity. */
function pointing(
  definitions: DefinitionSet,
  to: string,
  relation: string,
): { readonly entity: string; readonly by: string } | undefined {
  for (const entity of definitions.entity.values()) {
    for (const { name, inverse, ...field } of entity.fields) {
      if (leadsTo(definitions, field, to) && (inverse ?? `${entity.name}_${name}`) === relation)
        return { entity: entity.name, by: name }
    }
  }
  return undefined
}
