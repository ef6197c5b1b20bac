import { textIn } from '../../metadata/text.ts'
import { trailKeys } from '../audit/trail.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { entityById } from '../model/entity-by-id.ts'
import { isConcealed } from '../registry/field-type.ts'
import type { RequestContext } from './context.ts'
import { milestoneKey, milestonesOf } from './milestones.ts'
import type { ShownCells } from './shown-cells.ts'

/** A field of a write, before and after. */
export interface FieldChange {
  readonly field: string
  readonly label: string
  readonly before: unknown
  readonly after: unknown
  /** The values are secret and were not kept: it is told only that they changed. */
  readonly concealed?: true
}

/** A value of long ago, of whatever shape: nothing of it is shown. */
const MASKED = '***'

/**
 * What a write changed, as far as the actor is shown the fields. They go by the names that they have today; those that
 * are gone are left out.
 * @param changes as the audit keeps them, by trail key
 */
export function presentChanges(
  context: RequestContext,
  entity: CompiledEntity,
  action: string,
  changes: Readonly<Record<string, unknown>>,
  cells: ShownCells,
): readonly FieldChange[] {
  const { language } = context.actor
  const ticked = milestonesOf(entity).flatMap(({ field, milestone }): readonly FieldChange[] => {
    const change = changes[milestoneKey(String(milestone.id))] as FieldChange | undefined
    if (change === undefined || action === 'create' || cells(field) !== 'whole') return []
    const label = textIn(milestone.label, language, milestone.name)
    return [{ field: field.name, label, before: change.before, after: change.after }]
  })
  const changed = [...entity.fields.values()].flatMap((field) => {
    const key = trailKeys(field).find((one) => Object.hasOwn(changes, one))
    const kept = key === undefined ? undefined : changes[key]
    const change =
      action === 'create' ? { after: kept } : (kept as { before?: unknown; after?: unknown } | undefined)
    if (kept === undefined || change === undefined || cells(field) === 'hidden') return []
    const present = (value: unknown) =>
      cells(field) === 'whole' || value === null ? presentValue(context, value) : MASKED
    return [
      {
        field: field.name,
        label: textIn(field.label, context.actor.language, field.name),
        before: present(change.before ?? null),
        after: present(change.after ?? null),
        ...(isConcealed(field.type) && { concealed: true as const }),
      },
    ]
  })
  return [...changed, ...ticked]
}

/** The keys under which the audit keeps what the actor is shown of a record. */
export function shownTrailKeys(entity: CompiledEntity, cells: ShownCells): readonly string[] {
  const fields = [...entity.fields.values()].filter((field) => cells(field) !== 'hidden').flatMap(trailKeys)
  const ticks = milestonesOf(entity)
    .filter(({ field }) => cells(field) === 'whole')
    .map(({ milestone }) => milestoneKey(String(milestone.id)))
  return [...fields, ...ticks]
}

/** A dynamic lookup is kept with its target's id; people know the target by its name of today. */
export function presentValue(context: RequestContext, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('entity' in value) || !('id' in value)) return value
  const target = entityById(context.model, value.entity)
  return target === undefined ? value : { ...value, entity: target.name }
}

/** The id on which a page of audit rows ends, from its cursor. */
export const AUDIT_ID = /^\d{1,18}$/
