import type { Entity, Field } from '../../../api/types.ts'
import { instantOf } from '../../../kit/zoned.ts'

/** Values of which a record has one of a few, or that are put together month by month. */
const GROUPING: ReadonlySet<string> = new Set([
  ...['stage', 'select', 'boolean', 'lookup', 'user', 'team', 'date', 'date_time'],
])
const BY_MONTH: ReadonlySet<string> = new Set(['date', 'date_time'])

/** Whether a list can be grouped by a field. */
export const isGroupField = ({ type, relation, groupable }: Field): boolean =>
  GROUPING.has(type) && groupable && (relation === undefined || relation.kind === 'one')

export const isByMonth = ({ type }: Pick<Field, 'type'>): boolean => BY_MONTH.has(type)

/** The value that all records of a group have: of a date the first day of the month. */
export type GroupValue = string | boolean | null

/** What holds of the records of a group alone. @param zone on whose clock a month begins */
export function groupRule(field: Field, value: GroupValue, zone: string): unknown {
  const at = { var: field.name }
  if (value === null || !isByMonth(field)) return { '==': [at, value] }
  const [from, to] = [String(value), nextMonth(String(value))]
  const begin = (date: string): string =>
    field.type === 'date' ? date : instantOf({ date, time: '00:00:00' }, zone)
  return { and: [{ '>=': [at, begin(from)] }, { '<': [at, begin(to)] }] }
}

/** The first day of the month after the one of a day. */
export function nextMonth(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10)
}

/**
 * Groups in the order that people look for them: stages and options as they are defined, months with the latest first,
 * others by name; those without a value last.
 */
export function inOrder<Group extends { readonly value: GroupValue }>(
  entity: Entity,
  field: Field,
  groups: readonly Group[],
  nameOf: (value: GroupValue) => string,
  collator: Intl.Collator,
): readonly Group[] {
  const options = (entity.pipelines[field.name] ?? field.options ?? []).map(({ name }) => name)
  const compare = (one: Group, other: Group): number => {
    const [a, b] = [one.value, other.value]
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
    if (typeof a === 'boolean') return a ? -1 : 1
    if (isByMonth(field)) return a < b ? 1 : -1
    const [first, second] = [options.indexOf(String(a)), options.indexOf(String(b))]
    if (options.length > 0 && first !== second)
      return (first < 0 ? options.length : first) - (second < 0 ? options.length : second)
    return collator.compare(nameOf(a), nameOf(b))
  }
  return [...groups].sort(compare)
}
