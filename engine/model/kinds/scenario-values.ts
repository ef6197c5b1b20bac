import { isRecordId } from '../../fields/parts/formats.ts'
import { isRecord, pointer } from '../pointer.ts'
import { fieldOf, type PlacedField, relationOf } from './follow.ts'
import type { ModelContext, Reference } from './kind-spec.ts'
import { valueReferences } from './rule-mentions.ts'

/** The name of a record of the scenario, where a value may point to one. */
export interface NamedValue {
  readonly name: string
  readonly at: string
}

/** What values of a record by field say of the model and of other records of the scenario. */
export interface ValueMentions {
  readonly references: readonly Reference[]
  readonly names: readonly NamedValue[]
}

/** The mentions in values of an entity's record by field, children included. @param at JSON pointer to the values */
export function valueMentions(
  context: ModelContext,
  entity: string,
  values: unknown,
  at: string,
): ValueMentions {
  if (!isRecord(values)) return { references: [], names: [] }
  const parts = Object.entries(values).map(([field, value]) =>
    fieldMentions(context, entity, field, value, at + pointer(field)),
  )
  return joined(parts)
}

function fieldMentions(
  context: ModelContext,
  entity: string,
  name: string,
  value: unknown,
  at: string,
): ValueMentions {
  const field = fieldOf(context, entity, name)
  const key = fieldKey(entity, name, at, field)
  if (field === undefined) return { references: key, names: [] }
  const relation = relationOf(field)
  if (relation?.kind === 'children') {
    const bodies = Array.isArray(value) ? value : []
    const below = bodies.map((body, index) => valueMentions(context, relation.of, body, at + pointer(index)))
    return joined([{ references: key, names: [] }, ...below])
  }
  if (relation !== undefined) return { references: key, names: namesIn(value, at) }
  return { references: [...key, ...valueReferences(context, field, value, at)], names: [] }
}

/** System fields are nobody's definition. */
function fieldKey(
  entity: string,
  name: string,
  at: string,
  field: PlacedField | undefined,
): readonly Reference[] {
  if (field?.system === true) return []
  return [{ path: at, to: { kind: 'entity', name: entity, item: name }, inKey: true }]
}

/** Ids stand for records that are not there. */
function namesIn(value: unknown, at: string): readonly NamedValue[] {
  if (typeof value === 'string') return isRecordId(value) ? [] : [{ name: value, at }]
  if (!Array.isArray(value)) return []
  return value.flatMap((entry, index) => namesIn(entry, at + pointer(index)))
}

function joined(parts: readonly ValueMentions[]): ValueMentions {
  return {
    references: parts.flatMap(({ references }) => references),
    names: parts.flatMap(({ names }) => names),
  }
}
