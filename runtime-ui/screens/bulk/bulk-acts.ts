import type { Entity } from '../../api/types.ts'
import { mayTransfer } from '../owners/may-transfer.ts'

export type BulkAct = 'edit' | 'tags' | 'owner' | 'delete'

/** What may be done to many records of an entity at once. */
export function bulkActs(entity: Entity): readonly BulkAct[] {
  const { bulk, update, onTurn, delete: deletes } = entity.rights
  if (!bulk) return []
  const changes = update && onTurn !== true
  const hasTags = entity.fields.some(({ type, writable }) => type === 'tags' && writable)
  return [
    ...(changes ? (['edit'] as const) : []),
    ...(changes && hasTags ? (['tags'] as const) : []),
    ...(changes && mayTransfer(entity) ? (['owner'] as const) : []),
    ...(deletes ? (['delete'] as const) : []),
  ]
}
