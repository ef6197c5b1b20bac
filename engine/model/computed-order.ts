import type { CompiledEntity, CompiledField, CompiledModel } from './compiled.ts'
import { computedOf, pathsIn } from './computed.ts'
import type { ChangedField } from './fill.ts'

/** One computed field of one entity. */
export interface ComputedPlace {
  readonly entity: CompiledEntity
  readonly field: CompiledField
  /** Tags that are taken away because no rule gives them any more. */
  readonly gone: readonly string[]
}

function allPlaces(model: CompiledModel): readonly ComputedPlace[] {
  return [...model.entities.values()].flatMap((entity) => {
    const { formulas, rollUps } = computedOf(model, entity)
    return [...rollUps, ...formulas].map(({ field }) => ({ entity, field, gone: [] }))
  })
}

/** The fields of these ids and all that look at them, each after what it looks at itself. */
export function inOrder(model: CompiledModel, changed: readonly ChangedField[]): readonly ComputedPlace[] {
  const places = [...allPlaces(model), ...formerPlaces(model, changed)]
  const byField = new Map(places.map((place) => [place.field, place]))
  const ordered = new Set<ComputedPlace>()
  const wanted = new Map(changed.map((one) => [one.id, one]))
  const visit = (place: ComputedPlace): boolean => {
    if (ordered.has(place)) return true
    let isMoved = wanted.has(place.field.id)
    for (const field of lookedAt(model, place)) {
      const before = byField.get(field)
      if (before === undefined ? wanted.has(field.id) : visit(before)) isMoved = true
    }
    if (isMoved) ordered.add(place)
    return isMoved
  }
  for (const place of places) visit(place)
  return [...ordered].map((place) => ({ ...place, gone: wanted.get(place.field.id)?.gone ?? [] }))
}

/** Tags fields that rules have kept and keep no longer. */
function formerPlaces(model: CompiledModel, changed: readonly ChangedField[]): readonly ComputedPlace[] {
  const former = new Set(changed.flatMap(({ id, gone }) => (gone === undefined ? [] : [id])))
  return [...model.entities.values()].flatMap((entity) => {
    const kept = computedOf(model, entity).formulas.map(({ field }) => field)
    return [...entity.fields.values()]
      .filter((field) => former.has(field.id) && !kept.includes(field))
      .map((field) => ({ entity, field, gone: [] }))
  })
}

/** The fields that a computed field looks at, wherever they are. */
function lookedAt(model: CompiledModel, { entity, field }: ComputedPlace): readonly CompiledField[] {
  const { formulas, rollUps } = computedOf(model, entity)
  const rollUp = rollUps.find((one) => one.field === field)
  if (rollUp !== undefined) {
    const filtered = rollUp.filter === undefined ? [] : pathsIn(rollUp.filter)
    const named = filtered.flatMap(([name]) => rollUp.child.fields.get(name!) ?? [])
    const timed = rollUp.window === undefined ? [] : [rollUp.window.by]
    return [...(rollUp.value === undefined ? [] : [rollUp.value]), ...timed, ...named]
  }
  const formula = formulas.find((one) => one.field === field)
  return formula === undefined
    ? []
    : formula.rules.flatMap(pathsIn).flatMap((path) => fieldsOn(model, entity, path))
}

function fieldsOn(
  model: CompiledModel,
  entity: CompiledEntity,
  path: readonly string[],
): readonly CompiledField[] {
  const [step, ...rest] = path
  const field = entity.fields.get(step ?? '')
  if (field === undefined) return []
  const next = field.relation?.kind === 'one' ? model.entities.get(field.relation.to) : undefined
  return next === undefined || rest.length === 0 ? [field] : [field, ...fieldsOn(model, next, rest)]
}
