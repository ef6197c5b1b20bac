import { problem } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { CheckedRows, RejectedRow, RowRecord } from './store-batch.ts'

/** Carries a transaction that must leave nothing behind to its rollback. */
export class DryRunEnd extends Error {
  constructor() {
    super('a dry run stores nothing')
    this.name = 'DryRunEnd'
  }
}

/**
 * What the batches of a dry run cannot see of each other, since none is stored: values that must be unique.
 * Remembers those of the whole file.
 */
export function createDuplicateCheck(entity: CompiledEntity): (checked: CheckedRows) => CheckedRows {
  const seen = new Set<string>()
  const single = [...entity.fields.values()].filter((field) => field.unique && field.name !== 'id')
  const several = (entity.definition.unique ?? []).filter((names) => names.length > 1)
  const uniques = [...single.map((field) => [field.name]), ...several]
  const keysOf = ({
    record,
  }: RowRecord): readonly { readonly key: string; readonly fields: readonly string[] }[] => {
    const byName = new Map([...record.values].map(([field, value]) => [field.name, value]))
    return uniques.flatMap((fields) => {
      const values = fields.map((name) => byName.get(name))
      if (values.some((value) => value === null || value === undefined)) return []
      return [{ key: JSON.stringify([fields, values]), fields }]
    })
  }
  return ({ records, keyed, rejected }) => {
    const again: RejectedRow[] = []
    const fresh = records.filter((one) => {
      const keys = keysOf(one)
      const clash = keys.find(({ key }) => seen.has(key))
      for (const { key } of keys) seen.add(key)
      if (clash === undefined) return true
      const problems = clash.fields.map((field) => problem('RECORD_DUPLICATE', `/${field}`))
      again.push({ row: one.row, problems })
      return false
    })
    return { records: fresh, keyed, rejected: [...rejected, ...again] }
  }
}

/** Fills what the engine would number, so that a dry run uses up no number. */
export function withoutNumbers(entity: CompiledEntity, checked: CheckedRows): CheckedRows {
  const { records } = checked
  const numbered = [...entity.fields.values()].filter(
    (field) => field.type.generated === true && !field.system,
  )
  if (numbered.length === 0) return checked
  const filled = records.map(({ row, record }) => {
    const values = new Map(record.values)
    for (const field of numbered) if (!values.has(field)) values.set(field, `~${record.id}`)
    return { row, record: { ...record, values } }
  })
  return { ...checked, records: filled }
}
