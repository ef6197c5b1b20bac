import type { Entity, Field } from '../../api/types.ts'
import { activityAs } from '../log/callers.ts'
import type { NewActivity } from '../record/composer/quick-fields.ts'

/** An activity by which records are called one after the other, with its outcome as keys. */
export interface Calling extends NewActivity {
  readonly outcome: Field
}

/** How records of an entity are called one after the other; undefined where a call would lack something. */
export function callingOf(entity: Entity, entities: readonly Entity[]): Calling | undefined {
  const activity = activityAs(entity, entities, 'call')
  const info = activity?.entity.activity
  const outcome = activity?.entity.fields.find(({ name, writable }) => name === info?.outcome && writable)
  if (activity === undefined || outcome === undefined) return undefined
  const filled = new Set([
    activity.entity.title,
    activity.by.name,
    info?.at,
    info?.words,
    outcome.name,
    'owner',
  ])
  const lacks = activity.entity.fields.some((one) => one.required && one.writable && !filled.has(one.name))
  return lacks || (outcome.options ?? []).length === 0 ? undefined : { ...activity, outcome }
}
