import type { Entity, RecordData } from '../api/types.ts'

/** An entity arranged as it is for one record: by its type, its stage. */
export function arranged(entity: Entity, record: RecordData): Entity {
  const layout = entity.layouts?.find(({ where }) =>
    where.every(({ field, is }) => is.some((option) => option === record[field])),
  )
  return layout === undefined ? entity : { ...entity, page: layout.page, sections: layout.sections }
}
