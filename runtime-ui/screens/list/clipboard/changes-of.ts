import type { BulkWrite } from '../../../api/bulk.ts'
import type { Field, RecordData } from '../../../api/types.ts'
import { type Named, namesOne } from './find-named.ts'
import { readCell, takesText } from './read-cell.ts'

export interface CellFault {
  readonly row: number
  readonly label: string
  readonly cell: string
  readonly why: 'value' | 'unknown' | 'many' | 'file' | 'locked'
}

type Target = { readonly path: string; readonly field: Field }

/** Whether pasted cells may begin with a field. */
export const takesCell = (field: Field): boolean => takesText(field) || namesOne(field)

/** The change of each record, and the cells that say nothing to their fields, each with the reason. */
export function changesOf(
  records: readonly Pick<RecordData, 'id'>[],
  rows: readonly (readonly string[])[],
  targets: readonly Target[],
  named: (field: Field, name: string) => Named,
): { readonly write: BulkWrite | undefined; readonly faults: readonly CellFault[] } {
  const faults: CellFault[] = []
  const update = records.map(({ id }, index) => {
    const values: Record<string, unknown> = {}
    for (const [at, target] of targets.entries()) {
      const cell = rows[index]?.[at]
      if (cell === undefined) continue
      const read = readTarget(target, cell, named)
      if (typeof read === 'string') {
        faults.push({ row: index + 1, label: target.field.label, cell, why: read })
      } else values[target.field.name] = read.value
    }
    return { ...values, id }
  })
  return { write: targets.length === 0 ? undefined : { update }, faults }
}

function readTarget(
  { path, field }: Target,
  cell: string,
  named: (field: Field, name: string) => Named,
): { readonly value: unknown } | CellFault['why'] {
  if (path !== field.name) return 'locked'
  if (field.type === 'file' || field.type === 'image') return 'file'
  if (namesOne(field)) {
    const name = cell.trim()
    if (name === '') return { value: null }
    const meant = named(field, name)
    return typeof meant === 'string' ? meant : { value: meant.id }
  }
  if (!takesText(field)) return 'locked'
  const value = readCell(field, cell)
  return value === undefined ? 'value' : { value }
}
