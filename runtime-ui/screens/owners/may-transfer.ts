import type { Entity } from '../../api/types.ts'

/** Whether a person may give records of an entity to others. */
export const mayTransfer = (entity: Entity): boolean =>
  entity.owned &&
  entity.rights.update &&
  entity.fields.some(({ name, writable }) => name === 'owner' && writable)
