import type { Entity, Field } from '../../../api/types.ts'
import type { TimeSaid } from '../../../times/time-words.ts'
import { momentOf } from '../../../times/use-time-words.ts'
import { aboutValue, type NewActivity, newActivities } from './quick-fields.ts'

/** What a next step becomes: an activity that is about the same record, and has a time. */
export interface FollowUp extends NewActivity {
  readonly at: Field
  readonly title: Field
  readonly set: Readonly<Record<string, unknown>>
}

/** What the next step of an activity becomes; undefined where none is made, or it would lack something. */
export function followUpOf(
  activity: Entity,
  subject: Entity,
  entities: readonly Entity[],
): FollowUp | undefined {
  const { entity: name, set = {} } = activity.activity?.followUp ?? {}
  const found = newActivities(subject, entities).find(({ entity }) => entity.name === name)
  if (found === undefined) return undefined
  const { entity, by } = found
  const field = (wanted: string | undefined) =>
    entity.fields.find((one) => one.name === wanted && one.writable)
  const [at, title] = [field(entity.activity?.at), field(entity.title)]
  if (at === undefined || title === undefined) return undefined
  const filled = new Set([at.name, title.name, by.name, 'owner', ...Object.keys(set)])
  const lacks = entity.fields.some((one) => one.required && one.writable && !filled.has(one.name))
  return lacks ? undefined : { entity, by, at, title, set }
}

/** A day or a moment, as the field takes it. */
export const timeValue = (field: Field, said: TimeSaid, zone: string): string =>
  field.type === 'date' ? said.date : momentOf(said, zone)

/** The record that a next step becomes. @param title what it is called where nothing but a time was said */
export function followUpBody(
  followUp: FollowUp,
  about: { readonly entity: string; readonly id: string },
  said: TimeSaid,
  title: string,
  zone: string,
): Readonly<Record<string, unknown>> {
  return {
    ...followUp.set,
    [followUp.title.name]: said.rest === '' ? title : said.rest,
    [followUp.at.name]: timeValue(followUp.at, said, zone),
    [followUp.by.name]: aboutValue(followUp, about.entity, about.id),
  }
}
