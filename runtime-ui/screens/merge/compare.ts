import type { MergeOutcome } from '../../api/merge.ts'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { referenceOf } from '../../values/references.ts'

/** Stands for “what all of them have”, of a list. */
export const TOGETHER = 'together'

/** A field in which the records differ. */
export interface ComparedField {
  readonly field: Field
  /** Whether what all of them have can be brought together. */
  readonly isList: boolean
}

const LISTS: ReadonlySet<string> = new Set(['tags', 'multi_select', 'many_to_many'])

/** The fields in which records differ, in their order; those that are equal are no question. */
export function comparedFields(entity: Entity, records: readonly RecordData[]): readonly ComparedField[] {
  return entity.fields.flatMap((field) => {
    if (!field.writable || field.relation?.kind === 'children' || field.type === 'password') return []
    const values = new Set(records.map((record) => textOf(record[field.name])))
    return values.size < 2 ? [] : [{ field, isList: LISTS.has(field.type) }]
  })
}

/** A value as a text that differs when it does; what is empty is one, however it is written. */
function textOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return ''
  if (Array.isArray(value)) return value.map(textOf).sort().join('\n')
  const id = typeof value === 'object' ? referenceOf(value)?.id : undefined
  return id ?? JSON.stringify(value)
}

/** Whether somebody may choose this value: what is shown in part, or names what is hidden, is not. */
export function isChoosable(field: Field, value: unknown): boolean {
  if (field.masked === true && typeof value === 'string' && value.includes('*')) return false
  return referenceOf(value)?.hidden !== true
}

/**
 * From which record a field has its value: as it is said, else as the server would take it. Until that is known as it does
 * by rule: an empty field has the first value of the others.
 */
export function sourceOf(
  { field, isList }: ComparedField,
  records: readonly RecordData[],
  take: Readonly<Record<string, string>>,
  outcome: MergeOutcome | undefined,
): string {
  const said = take[field.name]
  const survivor = records[0]?.id ?? ''
  if (said !== undefined) return said
  if (outcome !== undefined) {
    if (isList && outcome.joined.includes(field.name)) return TOGETHER
    return outcome.taken[field.name] ?? survivor
  }
  if (isList) return TOGETHER
  if (field.type === 'stage') return survivor
  return records.find((record) => textOf(record[field.name]) !== '')?.id ?? survivor
}
