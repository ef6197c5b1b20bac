import { nearest } from '../../../metadata/nearest.ts'
import { isKnownField } from '../../access/access.ts'
import type { Actor } from '../../access/actor.ts'
import { didYouMean, type Problem, problem } from '../../errors.ts'
import { approvalsOf } from '../../model/approval-index.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { activitiesOf } from '../../records/activities.ts'
import type { Sight } from '../../records/cells.ts'

/**
 * What a timeline joins. At the same instant the consequence stands above what led to it, so that read upwards it is the
 * order in which things happened.
 */
export const TIMELINE_TYPES = [
  ...(['flow', 'approval', 'assignment', 'stage'] as const),
  ...(['comment', 'file', 'record', 'change'] as const),
] as const
export type TimelineType = (typeof TIMELINE_TYPES)[number]

/** `record` means all activities, `record.call` those of one entity. */
const ACTIVITY = 'record'

type View = Sight & { readonly actor: Pick<Actor, 'roles'> }

/** The types of entries that a timeline of the entity may have for the actor. */
export function timelineTypes(view: View, entity: CompiledEntity): readonly string[] {
  const shows = (name: string) => {
    const field = entity.fields.get(name)
    return field !== undefined && isKnownField(view.access, entity, field)
  }
  const activities = new Set(activitiesOf(view, entity).map((one) => `${ACTIVITY}.${one.entity.name}`))
  const has: { readonly [T in TimelineType]: boolean } = {
    flow: view.access.may('flows'),
    approval: approvalsOf(view.model, entity) !== undefined,
    assignment: entity.owned && shows('owner'),
    stage: [...entity.pipelines.keys()].some(shows),
    comment: entity.features.has('comments'),
    file: entity.features.has('files'),
    record: activities.size > 0,
    change: true,
  }
  return [...TIMELINE_TYPES.filter((type) => has[type]), ...activities]
}

/**
 * Which types are asked for, undefined where all are. A type that the entity has none of is no fault: there is nothing of
 * it, today.
 */
export function parseTypes(
  view: View,
  entity: CompiledEntity,
  raw: unknown,
  problems: Problem[],
): ReadonlySet<string> | undefined {
  if (typeof raw !== 'string') return undefined
  const known = [...new Set([...TIMELINE_TYPES, ...timelineTypes(view, entity)])]
  const asked = raw.split(',').map((name) => name.trim())
  for (const name of asked.filter((one) => !known.includes(one))) {
    const hint = didYouMean(nearest(name, known))
    problems.push(problem('QUERY_TIMELINE_TYPE_UNKNOWN', '/types', { params: { name }, hint }))
  }
  return new Set(asked)
}

/** Whether a source is asked for, by its type: `record.call` also by `record`. */
export function isAsked(asked: ReadonlySet<string> | undefined, type: string): boolean {
  return asked === undefined || asked.has(type) || asked.has(kindOf(type))
}

/** The type of an entry: `record` of `record.call`. */
export function kindOf(type: string): TimelineType {
  return type.split('.')[0] as TimelineType
}
