import { type Problem, problem } from '../errors.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import { computedOf, pathsIn } from '../model/computed.ts'
import { pointer } from '../model/pointer.ts'
import { type Access, accessOf } from './access.ts'

/**
 * Where a role sees a computed field and not what it is made of: rights on computed fields are rights of their own, so a
 * sum may tell what its parts are hidden for. Nobody is refused for it; whoever publishes is told.
 */
export function unreadableInputs(model: CompiledModel): readonly Problem[] {
  const roles = [...model.definitions.role.keys()].map((name) => ({
    name,
    access: accessOf(model, { roles: [name], roleKey: name }),
  }))
  return [...model.entities.values()].flatMap((entity) =>
    computedFields(model, entity).flatMap(({ field, inputs }) =>
      roles.flatMap(({ name, access }) => {
        if (!sees(access, entity, field)) return []
        const hidden = inputs.find((input) => !sees(access, input.entity, input.field))
        if (hidden === undefined) return []
        const at = entity.definition.fields.findIndex((one) => one.id === field.id)
        const input =
          hidden.field === undefined ? hidden.entity.name : `${hidden.entity.name}.${hidden.field.name}`
        return [
          problem('META_COMPUTED_REVEALS', pointer('entity', entity.name, 'fields', at), {
            params: { role: name, field: field.name, input },
          }),
        ]
      }),
    ),
  )
}

/** A field that a value is made of; without one, that records are there at all. */
interface Input {
  readonly entity: CompiledEntity
  readonly field: CompiledField | undefined
}

function sees(access: Access, entity: CompiledEntity, field: CompiledField | undefined): boolean {
  const rights = access.entity(entity.name)
  if (rights.read === 'none') return false
  return field === undefined || rights.cell(field).see !== 'none'
}

function computedFields(model: CompiledModel, entity: CompiledEntity) {
  const { formulas, rollUps } = computedOf(model, entity)
  return [
    ...formulas.map(({ field, rules }) => ({
      field,
      inputs: rules.flatMap(pathsIn).flatMap((path) => inputsOn(model, entity, path)),
    })),
    ...rollUps.map(({ field, child, value }) => ({ field, inputs: [{ entity: child, field: value }] })),
  ]
}

function inputsOn(model: CompiledModel, entity: CompiledEntity, path: readonly string[]): readonly Input[] {
  const [step = '', ...rest] = path
  const field = entity.fields.get(step)
  if (field === undefined) return []
  const next = field.relation?.kind === 'one' ? model.entities.get(field.relation.to) : undefined
  return [{ entity, field }, ...(next === undefined || rest.length === 0 ? [] : inputsOn(model, next, rest))]
}
