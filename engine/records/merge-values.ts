import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import type { MergedValues } from './merge-sight.ts'
import { type MergeWish, mergedFields } from './parse-merge.ts'
import { isBlank } from './parse-write.ts'
import { ruledFields } from './ruled-tags-sql.ts'

/** A value that the record that stays is to have, and where it comes from. */
export interface ChosenValue {
  readonly value: unknown
  /** The record that it is taken from; undefined for what is brought together from several. */
  readonly from: string | undefined
  /** Whether somebody said so; else it is the default rule's. */
  readonly isSaid: boolean
}

/** A value that the record that stays does not get, although nobody said so. */
export interface LeftValue {
  readonly field: CompiledField
  readonly from: string
  /** Of a list: the entries that found no room. */
  readonly values?: readonly unknown[]
}

export interface ChosenValues {
  readonly values: ReadonlyMap<CompiledField, ChosenValue>
  readonly left: readonly LeftValue[]
}

/** What of the merged records is compared. */
export interface Merging {
  readonly entity: CompiledEntity
  readonly survivor: string
  readonly wish: MergeWish
  /** By id, those that go among them. */
  readonly stored: ReadonlyMap<string, MergedValues>
}

/**
 * Which values the record that stays is to have: those that are said; else its own, in an empty field the first that
 * another one has, and in a list what all of them have. A stage is only taken where it is said, since it is a move.
 */
export function chooseValues(context: RequestContext, merging: Merging): ChosenValues {
  const { entity, survivor, wish, stored } = merging
  const own = stored.get(survivor) ?? {}
  const values = new Map<CompiledField, ChosenValue>()
  const left: LeftValue[] = []
  for (const field of mergedFields(entity)) {
    if (isOwnLookup(entity, field)) continue
    const said = wish.take.get(field)
    if (said !== undefined) {
      if (said !== survivor)
        values.set(field, { value: stored.get(said)?.[field.name] ?? null, from: said, isSaid: true })
    } else if (isList(field)) {
      const joined = joinLists(context, merging, field)
      if (joined.isMore) values.set(field, { value: joined.value, from: undefined, isSaid: false })
      left.push(...joined.left)
    } else if (field.type.name !== 'stage' && isBlank(own[field.name] ?? null)) {
      const from = wish.losers.find((id) => !isBlank(stored.get(id)?.[field.name] ?? null))
      if (from !== undefined) values.set(field, { value: stored.get(from)![field.name], from, isSaid: false })
    }
  }
  return { values, left }
}

/** Whether a field leads from a record to another one of its own entity: what stands above it. */
export function isOwnLookup({ name }: CompiledEntity, { relation }: CompiledField): boolean {
  if (relation?.kind === 'one') return relation.to === name
  return relation?.kind === 'dynamic' && relation.to.includes(name)
}

/** Whether a field holds several values. */
function isList({ relation, type, definition }: CompiledField): boolean {
  if (relation?.kind === 'many') return true
  return type.columns(definition)[0]?.sqlType.includes('[]') === true
}

interface JoinedList {
  readonly value: readonly unknown[]
  /** Whether anything is added to what the record that stays has. */
  readonly isMore: boolean
  readonly left: readonly LeftValue[]
}

/** The entries of all records, each once, as many as the field has room for. What rules give follows the record. */
function joinLists(
  context: RequestContext,
  { entity, survivor, wish, stored }: Merging,
  field: CompiledField,
): JoinedList {
  const merged = new Set([survivor, ...wish.losers])
  const ruled = new Set(ruledFields(context, entity).find((one) => one.field === field)?.tags.owned)
  const isSelf = field.relation?.kind === 'many' && field.relation.to === entity.name
  const entriesOf = (id: string): readonly unknown[] => {
    const list = stored.get(id)?.[field.name]
    return Array.isArray(list) ? list : []
  }
  // A record is none of its own relatives.
  const own = entriesOf(survivor).filter((one) => !(isSelf && merged.has(one as string)))
  const known = new Set(own)
  let value: readonly unknown[] = own
  const left: LeftValue[] = []
  for (const from of wish.losers) {
    const added = entriesOf(from).filter(
      (one) => !known.has(one) && !ruled.has(one as string) && !(isSelf && merged.has(one as string)),
    )
    for (const one of added) known.add(one)
    const { fitting, others } = roomFor(entity, field, value, added)
    value = fitting
    if (others.length > 0) left.push({ field, from, values: others })
  }
  return { value, isMore: value.length > own.length, left }
}

function roomFor(
  entity: CompiledEntity,
  field: CompiledField,
  list: readonly unknown[],
  added: readonly unknown[],
): { readonly fitting: readonly unknown[]; readonly others: readonly unknown[] } {
  const all = [...list, ...added]
  if (added.length === 0 || isValid(entity, field, all)) return { fitting: all, others: [] }
  let fitting = list
  const others: unknown[] = []
  for (const one of added) {
    const longer = [...fitting, one]
    if (isValid(entity, field, longer)) fitting = longer
    else others.push(one)
  }
  return { fitting, others }
}

function isValid(entity: CompiledEntity, field: CompiledField, value: readonly unknown[]): boolean {
  if (!entity.validator()({ [field.name]: value })) return false
  return field.type.check?.(value, field.definition) === undefined
}
