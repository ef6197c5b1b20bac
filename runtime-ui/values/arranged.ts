import type { EntityLayout } from '../api/layouts.ts'
import type { Entity, RecordData } from '../api/types.ts'

/** An entity arranged as it is for one record: by its type, its stage. */
export function arranged(entity: Entity, record: RecordData): Entity {
  const layout = layoutOf(entity, record)
  return layout === undefined ? entity : { ...entity, page: layout.page, sections: layout.sections }
}

/** The arrangement for records that hold this; undefined where it is the one for all. */
export function layoutOf(
  { layouts }: Entity,
  values: Readonly<Record<string, unknown>>,
): EntityLayout | undefined {
  return layouts?.find(({ where }) =>
    where.every(({ field, is }) => is.some((option) => option === values[field])),
  )
}
