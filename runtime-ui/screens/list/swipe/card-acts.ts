import type { Entity, RecordData } from '../../../api/types.ts'
import { activityAs } from '../../log/callers.ts'
import { mayTransfer } from '../../owners/may-transfer.ts'

/** What is usually done with a record of a list, beside opening it. */
export type CardAct =
  | { readonly kind: 'call'; readonly number: string }
  | { readonly kind: 'done'; readonly field: string; readonly value: string }
  | { readonly kind: 'log' }
  | { readonly kind: 'assign' }

/** More would not be told apart by a thumb. */
const MOST = 3

/** The usual acts on a record, as far as its rights and what is known of it go; the likeliest first. */
export function cardActs(
  entity: Entity,
  entities: readonly Entity[],
  record: RecordData,
): readonly CardAct[] {
  const number = entity.fields.flatMap(({ name, type, masked }) => {
    const value = record[name]
    return type === 'phone' && masked !== true && typeof value === 'string' && value !== '' ? [value] : []
  })[0]
  const { as, status, done } = entity.activity ?? {}
  const end = done?.[0]
  const isOpen =
    as === 'task' &&
    status !== undefined &&
    end !== undefined &&
    entity.rights.update &&
    typeof record[status] === 'string' &&
    done?.includes(record[status]) === false
  const acts: readonly (CardAct | false)[] = [
    number !== undefined && { kind: 'call', number },
    isOpen && { kind: 'done', field: status, value: end },
    activityAs(entity, entities, 'call') !== undefined && { kind: 'log' },
    mayTransfer(entity) && { kind: 'assign' },
  ]
  return acts.filter((act): act is CardAct => act !== false).slice(0, MOST)
}
