import type { ActivityInfo, Entity, Model } from '../../api/types.ts'
import { type NewActivity, newActivities } from '../record/composer/quick-fields.ts'

/** The activity of a sort that one may make about records of an entity. */
export const activityAs = (
  entity: Entity,
  entities: readonly Entity[],
  as: ActivityInfo['as'],
): NewActivity | undefined => newActivities(entity, entities).find((one) => one.entity.activity?.as === as)

/** Whose records such an activity may be about, in the order in which its field names them. */
export function subjectsOf(model: Model, as: ActivityInfo['as']): readonly Entity[] {
  const names = model.entities
    .filter(({ activity, rights }) => activity?.as === as && rights.create)
    .flatMap(({ fields }) => fields.flatMap(({ relation }) => relation?.to ?? []))
  return [...new Set(names)].flatMap((name) => {
    const entity = model.entities.find((one) => one.name === name)
    return entity?.rights.read === true && activityAs(entity, model.entities, as) !== undefined
      ? [entity]
      : []
  })
}

/** Those of which a new record needs nothing but its name. */
export const namedAlone = (entities: readonly Entity[]): readonly Entity[] =>
  entities.filter(
    ({ rights, fields, title }) =>
      rights.create &&
      fields.some(({ name, type, writable }) => name === title && type === 'text' && writable) &&
      !fields.some(({ name, required, writable }) => required && writable && name !== title),
  )

/** A number of seven digits or more, as people write it. */
const NUMBER = /\+?\d[\d\s()-]{5,}\d/

/** What was typed of somebody new: a name, and perhaps a number. */
export function readCaller(text: string): { readonly name: string; readonly phone?: string } {
  const found = NUMBER.exec(text)
  if (found === null) return { name: text.trim() }
  const phone = found[0].trim()
  const rest = (text.slice(0, found.index) + text.slice(found.index + found[0].length)).trim()
  const name = rest.replaceAll(/^[,，;；、]+|[,，;；、]+$/g, '').trim()
  return { name: name === '' ? phone : name, phone }
}

/** The record that somebody new becomes. */
export function callerBody(entity: Entity, text: string): Readonly<Record<string, unknown>> {
  const { name, phone } = readCaller(text)
  const number = entity.fields.find(({ type, writable }) => type === 'phone' && writable)
  return {
    [entity.title ?? 'name']: name,
    ...(number === undefined || phone === undefined ? {} : { [number.name]: phone }),
  }
}
