import type { Entity, Field, RecordData } from '../../api/types.ts'
import { mayMove } from '../../kit/StagePath.tsx'
import type { Dropped } from './CardMove.tsx'
import type { BoardColumn } from './use-board.ts'

/** Where a card may lie: in a column, and in a row where the board has rows. */
export interface CardPlace {
  readonly column: BoardColumn
  readonly row?: BoardColumn | undefined
}

/** Whether a record may take a value of a field of a board; the one that it has it takes always. */
function takes(entity: Entity, field: Field, record: RecordData, to: string | null): boolean {
  const from = record[field.name] ?? null
  if (from === to) return true
  if (!field.writable) return false
  if (field.type !== 'stage') return true
  return (
    to !== null && mayMove(entity.pipelines[field.name] ?? [], typeof from === 'string' ? from : null, to)
  )
}

/** What comes of a card that is let go at a place; undefined where it lies there already, or may not. */
export function dropOf(
  entity: Entity,
  field: Field,
  lanes: Field | undefined,
  record: RecordData,
  { column, row }: CardPlace,
): Dropped | undefined {
  const has = (of: Field): unknown => record[of.name] ?? null
  const isOther = has(field) !== column.name
  const isOtherRow = lanes !== undefined && row !== undefined && has(lanes) !== row.name
  if (!isOther && !isOtherRow) return undefined
  if (!takes(entity, field, record, column.name)) return undefined
  if (lanes === undefined || row === undefined)
    return { record, to: column.name, field, value: column.name, along: {} }
  if (!takes(entity, lanes, record, row.name)) return undefined
  const at = { record, to: column.name, row: row.name }
  // A stage may still ask for something: it goes first, the other value with it.
  if (!isOther || (isOtherRow && lanes.type === 'stage' && field.type !== 'stage'))
    return { ...at, field: lanes, value: row.name, along: isOther ? { [field.name]: column.name } : {} }
  return { ...at, field, value: column.name, along: isOtherRow ? { [lanes.name]: row.name } : {} }
}
