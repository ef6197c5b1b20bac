import { nearest } from '../../metadata/nearest.ts'
import { reachOf } from '../access/reach.ts'
import { didYouMean, type Language, refuse } from '../errors.ts'
import { labelOf } from '../forms/labels.ts'
import type { CompiledEntity, CompiledModel } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { accessOfRole, decidedBy, sightOf } from './explain-rights.ts'
import { holdersOf, readHolders } from './holders.ts'

/**
 * Who can see a field: for every role whether it shows it, in which records, whether it lets it be changed, and who
 * holds the role. The compiled access itself is put in words.
 * @throws AppError ENTITY_UNKNOWN, QUERY_FIELD_UNKNOWN with the nearest name
 */
export async function explainField(context: RequestContext, entityName: string, fieldName: string) {
  const { model, actor } = context
  const { language } = actor
  const entity = entityNamed(model, entityName)
  const field = entity.fields.get(fieldName)
  if (field === undefined) {
    const hint = didYouMean(nearest(fieldName, [...entity.fields.keys()]))
    throw refuse('QUERY_FIELD_UNKNOWN', '', { params: { name: fieldName.slice(0, 40).toWellFormed() }, hint })
  }
  const held = await readHolders(context)
  const told = { model, language }
  const roles = [...model.definitions.role.values()].map((role) => {
    const access = accessOfRole(model, role.name)
    return {
      ...roleNamed(model, role.name, language),
      ...holdersOf(held, role.name, context.access.may('users')),
      reads: reachOf(model, entity, access.entity(entity.name).read, language),
      ...sightOf(told, access, entity, field),
      ...decidedBy(role, entity, field),
    }
  })
  return {
    entity: { name: entity.name, label: labelOf(entity, language) },
    field: { name: field.name, label: labelOf(field, language), personal: field.definition.personal },
    roles,
  }
}

/** @throws AppError ENTITY_UNKNOWN with the nearest of all names: for who may know of every definition */
function entityNamed(model: CompiledModel, name: string): CompiledEntity {
  const entity = model.entities.get(name)
  if (entity !== undefined) return entity
  const hint = didYouMean(nearest(name, [...model.entities.keys()]))
  throw refuse('ENTITY_UNKNOWN', '', { params: { name: name.slice(0, 40).toWellFormed() }, hint })
}

/** A role's name with its label in a language. */
export function roleNamed(model: CompiledModel, name: string, language: Language) {
  const label = model.translated.role.get(name)?.label
  return { name, label: labelOf(label === undefined ? { name } : { name, label }, language) }
}
