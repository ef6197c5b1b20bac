import type { Unconvertible } from '../../model/conversion/count-unconvertible.ts'
import { entityById } from '../../model/entity-by-id.ts'
import type { Plan, PlannedStep } from '../../model/plan.ts'
import { isSeenEverywhere } from '../../records/cells.ts'
import type { RequestContext } from '../../records/context.ts'
import { type ShownRecord, shownRecords } from '../../records/shown-cells.ts'

/** What the person who reads a plan may know of the values that a step writes anew. */
export type ConversionSight = (step: PlannedStep) => SightOfValues | undefined

interface SightOfValues {
  /** The entity by its name in force: its records are reached there. */
  readonly entity: string
  /** The field by its name in force. */
  readonly field: string
  /** The records of the examples that they may read, by id. */
  readonly records: ReadonlyMap<string, ShownRecord>
}

/** Values and their records are shown to whoever sees the field in every record: nobody learns of one by planning. */
export async function conversionSight(context: RequestContext, plan: Plan): Promise<ConversionSight> {
  const sights = new Map<PlannedStep, SightOfValues>()
  for (const step of plan.steps) {
    if (step.conversion === undefined || step.field === undefined) continue
    const entity = entityById(context.model, step.field.entityId)
    const field = [...(entity?.fields.values() ?? [])].find(({ id }) => id === step.field?.id)
    if (entity === undefined || field === undefined) continue
    if (!isSeenEverywhere(context.access, entity, field)) continue
    const ids = step.conversion.examples.map(({ id }) => id)
    const records = await shownRecords(context, context.db, entity, ids)
    sights.set(step, { entity: entity.name, field: field.name, records })
  }
  return (step) => sights.get(step)
}

/** What becomes of the values, with the records of a few of them where the reader may know those. */
export function presentConversion(
  { values, records, altered, returned, examples, lost }: Unconvertible,
  sight: SightOfValues | undefined,
): object {
  return {
    ...{ values, lost: records },
    ...(altered > 0 ? { altered } : {}),
    ...(returned > 0 ? { returned } : {}),
    ...(sight === undefined
      ? {}
      : {
          ...{ entity: sight.entity, field: sight.field, lost_records: lost },
          examples: examples.map(({ id, ...example }) => {
            const shown = sight.records.get(id)
            return { ...example, ...(shown === undefined ? {} : { record: { id, label: shown.label } }) }
          }),
        }),
  }
}
