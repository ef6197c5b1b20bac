import type { EntityDefinition, FieldDefinition } from '../../../metadata/types.ts'
import type { FieldContext, FieldType, Relation } from '../../registry/field-type.ts'
import { offeredOptions } from '../../registry/option-list.ts'
import type { Registry } from '../../registry/registry.ts'
import type { DefinitionSet } from '../compiled.ts'
import { fieldContextOf } from '../field-context.ts'
import { partWith, pipelineOn } from '../pipelines.ts'
import type { StageField } from '../stage-fields.ts'
import { systemFields } from '../system-fields.ts'
import type { ModelContext, Target } from './kind-spec.ts'

/** A field where it stands: its own one of an entity's, or one that every entity has. */
export interface PlacedField {
  readonly entity: string
  readonly definition: FieldDefinition
  /** Undefined where the type is not registered. */
  readonly type: FieldType | undefined
  readonly system: boolean
  /** What it is kept beside, of a field that comes with one of stages. */
  readonly stage?: StageField
}

/** The fields of an entity by name, system fields included; empty for an unknown entity. */
export function fieldsOf(context: ModelContext, entity: string): ReadonlyMap<string, PlacedField> {
  const definition = context.definitions.entity.get(entity)
  if (definition === undefined) return new Map()
  const cache = cacheOf(context.registry)
  const known = cache.get(definition)
  if (known !== undefined) return known
  const system = systemFields(context.registry, definition).map(
    (field): PlacedField => ({
      entity,
      definition: field.definition,
      type: field.type,
      system: true,
      ...(field.stage === undefined ? {} : { stage: field.stage }),
    }),
  )
  const own = definition.fields.map(
    (field): PlacedField => ({
      entity,
      definition: field,
      type: context.registry.typeOf(field),
      system: false,
    }),
  )
  // Of two with one name the first counts; the check of names reports the other.
  const fields = new Map<string, PlacedField>()
  for (const place of [...own, ...system]) {
    if (!fields.has(place.definition.name)) fields.set(place.definition.name, place)
  }
  cache.set(definition, fields)
  return fields
}

type FieldCache = WeakMap<EntityDefinition, ReadonlyMap<string, PlacedField>>
const caches = new WeakMap<Registry, FieldCache>()

/** Definitions are never changed in place, so what was computed of one stays true. */
function cacheOf(registry: Registry): FieldCache {
  const known = caches.get(registry)
  if (known !== undefined) return known
  const fresh: FieldCache = new WeakMap()
  caches.set(registry, fresh)
  return fresh
}

export function fieldOf(context: ModelContext, entity: string, name: string): PlacedField | undefined {
  return fieldsOf(context, entity).get(name)
}

/** How the field leads to other records, or undefined. */
export function relationOf(place: PlacedField): Relation | undefined {
  return place.type?.relation?.(place.definition)
}

/** The entities that a relation leads to. */
export function targetsOf(context: ModelContext, place: PlacedField): readonly string[] {
  const relation = relationOf(place)
  if (relation === undefined) return []
  if (relation.kind === 'children') return [relation.of]
  if (relation.kind !== 'dynamic') return [relation.to]
  const feature = place.definition.toFeature
  if (typeof feature !== 'string') return relation.to
  return [...context.definitions.entity.values()]
    .filter((entity) => (entity.features as readonly string[] | undefined)?.includes(feature))
    .map((entity) => entity.name)
}

/** One step of a path such as `account.region`: [start, end) is where its name stands in the text. */
export interface PathStep {
  readonly entity: string
  readonly name: string
  readonly start: number
  readonly end: number
  readonly place: PlacedField | undefined
}

/**
 * Follows a path of field names through lookups to one entity each. Ends at the first step that is unknown,
 * or after one that leads nowhere: then fewer steps come back than the path has.
 */
export function followPath(context: ModelContext, entity: string, path: string): readonly PathStep[] {
  const steps: PathStep[] = []
  let current: string | undefined = entity
  let start = 0
  for (const name of path.split('.')) {
    if (current === undefined) break
    const place = fieldOf(context, current, name)
    steps.push({ entity: current, name, start, end: start + name.length, place })
    const relation: Relation | undefined = place === undefined ? undefined : relationOf(place)
    current = relation?.kind === 'one' ? relation.to : undefined
    start += name.length + 1
  }
  return steps
}

/** The field at which a path ends, or undefined where it does not lead to one. */
export function endOfPath(context: ModelContext, entity: string, path: string): PlacedField | undefined {
  const steps = followPath(context, entity, path)
  return steps.length === path.split('.').length ? steps.at(-1)?.place : undefined
}

/** Whether a path goes on behind a field that leads to no one entity; a field that there is not is told as a reference. */
export function leadsNowhere(context: ModelContext, entity: string, path: string): boolean {
  const steps = followPath(context, entity, path)
  return steps.length < path.split('.').length && steps.every(({ place }) => place !== undefined)
}

/** Where the values of a closed field are listed: what `won` or `expo` is a mention of. */
export function optionTarget(context: ModelContext, place: PlacedField, value: string): Target | undefined {
  const { name, type, options, optionSet, optionsOf } = place.definition
  if (type === 'stage') {
    const pipeline = pipelineOn(context.definitions, place.entity, name)
    return pipeline === undefined
      ? undefined
      : { kind: 'pipeline', name: partWith(pipeline, value).name, item: value }
  }
  if (Array.isArray(options)) return { kind: 'entity', name: place.entity, item: `${name}/${value}` }
  if (typeof optionSet === 'string') return { kind: 'option_set', name: optionSet, item: value }
  if (optionsOf === 'role') return { kind: 'role', name: value }
  return undefined
}

/** The values of a closed field, or undefined where any value may stand or none is known. */
export function optionNames(context: ModelContext, place: PlacedField): readonly string[] | undefined {
  const options = offeredOptions(place.definition, fieldContext(context, place.entity)) ?? []
  return options.length === 0 ? undefined : options.map((option) => option.name)
}

/** What a field type may look up in definitions that are not compiled yet. */
export function fieldContext({ definitions }: ModelContext, entity: string): FieldContext {
  const known = contexts.get(definitions) ?? new Map<string, FieldContext>()
  contexts.set(definitions, known)
  // No check depends on the currency; any will do until the workspace's own is known.
  const found = known.get(entity) ?? fieldContextOf({ definitions, settings: { currency: 'CNY' } })(entity)
  known.set(entity, found)
  return found
}

const contexts = new WeakMap<DefinitionSet, Map<string, FieldContext>>()

/** A way from an entity's records to those that point at them. */
export interface Inverse {
  readonly name: string
  readonly from: string
  readonly field: string
  /** The definition gives the name; otherwise it is made of entity and field. */
  readonly named: boolean
}

/** The inverses by the entity that they start from, as the compiled model will have them. */
export function inversesOf(context: ModelContext, entity: string): readonly Inverse[] {
  const known = inverseCache.get(context.definitions)
  if (known !== undefined) return known.get(entity) ?? []
  const byTarget = new Map<string, Inverse[]>()
  for (const from of context.definitions.entity.values()) {
    for (const place of fieldsOf(context, from.name).values()) {
      const relation = relationOf(place)
      if (place.system || relation === undefined || relation.kind === 'children') continue
      const { name: field } = place.definition
      const inverse: Inverse = {
        name: relation.inverse ?? `${from.name}_${field}`,
        from: from.name,
        field,
        named: relation.inverse !== undefined,
      }
      for (const target of targetsOf(context, place)) {
        byTarget.set(target, [...(byTarget.get(target) ?? []), inverse])
      }
    }
  }
  inverseCache.set(context.definitions, byTarget)
  return byTarget.get(entity) ?? []
}

const inverseCache = new WeakMap<DefinitionSet, ReadonlyMap<string, readonly Inverse[]>>()
