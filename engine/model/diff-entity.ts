import type { EntityDefinition, FieldDefinition, Text } from '../../metadata/types.ts'
import type { LocalText } from '../errors.ts'
import { changedKeys, type DiffContext, keyTitles, listOf, makeStep } from './diff-context.ts'
import { diffField, retireField } from './diff-field.ts'
import { identity, isReordered, joinLists, ORDER } from './diff-items.ts'
import { signedName } from './signed-name.ts'
import type { CountQuery, Named, Step } from './steps.ts'

/** One entity on both sides. */
export interface EntityPair {
  /** As it is in force. */
  readonly original: EntityDefinition
  /** The same with the candidate's names, in itself and in what it mentions. */
  readonly before: EntityDefinition
  readonly after: EntityDefinition
}

/** A new entity: one step for it with all its fields, uniques and indexes. */
export function addEntity(entity: EntityDefinition, { retired }: DiffContext): Step {
  const count = entity.fields.length
  const list = { en: count === 1 ? '1 field' : `${count} fields`, 'zh-CN': ` ${count} 个字段` }
  const kind = entity.id !== undefined && retired.has(entity.id) ? 'reviveEntity' : 'addEntity'
  return makeStep(kind, entity, { list })
}

/** An entity that is no longer there; its fields go with it. */
export function retireEntity(original: EntityDefinition): Step {
  const entity: Named = { name: original.name, id: original.id ?? original.name }
  return makeStep('retireEntity', original, {
    tag: 'lossy',
    safeWhenNone: true,
    counts: [{ entity, where: 'all' }],
  })
}

/** What happens to an entity that stands on both sides, in the order in which people read it. */
export function diffEntity(pair: EntityPair, context: DiffContext): readonly Step[] {
  const { original, before, after } = pair
  const renamed =
    original.name === after.name
      ? []
      : [makeStep('renameEntity', after, { from: original.name, to: after.name })]
  return [
    ...renamed,
    ...diffOwn(pair, context),
    ...diffFields(pair, context),
    ...diffKeyLists(pair, context),
    ...diffSearch(before, after, context),
  ]
}

const TOLD_ELSEWHERE = ['id', 'name', 'fields', 'owned', 'unique', 'indexes']
const FIELD_ORDER: LocalText = { en: `${ORDER.en} of fields`, 'zh-CN': `字段${ORDER['zh-CN']}` }

function diffOwn({ original, before, after }: EntityPair, context: DiffContext): readonly Step[] {
  const keys = changedKeys(before, after, TOLD_ELSEWHERE)
  const reordered = isReordered(before.fields, after.fields) ? [FIELD_ORDER] : []
  const list = joinLists([keyTitles(context, 'entity', keys), ...reordered])
  const changed = list.en === '' ? [] : [makeStep('changeEntity', after, { list })]
  const owned = [before.owned === true, after.owned === true]
  if (owned[0] === owned[1]) return changed
  if (owned[1]) return [...changed, makeStep('addOwner', after)]
  const entity = named(original)
  const counts: readonly CountQuery[] = [{ entity, field: { name: 'owner', id: 'owner' }, where: 'notNull' }]
  return [...changed, makeStep('removeOwner', after, { tag: 'lossy', safeWhenNone: true, counts })]
}

function named(item: { readonly name: string; readonly id?: string }): Named {
  return { name: item.name, id: item.id ?? item.name }
}

function diffFields({ original, before, after }: EntityPair, context: DiffContext): readonly Step[] {
  const then = new Map(before.fields.map((field) => [identity(field), field]))
  const originals = new Map(original.fields.map((field) => [identity(field), field]))
  const now = new Set(after.fields.map(identity))
  const retired = before.fields
    .filter((field) => !now.has(identity(field)))
    .map((field) => retireField(after, originals.get(identity(field)) ?? field, field, context))
  const kept = after.fields.flatMap((field) => {
    const old = then.get(identity(field))
    if (old === undefined) return [addField(after, field, context)]
    const first = originals.get(identity(field)) ?? old
    return diffField({ entity: after, original: first, before: old, after: field }, context)
  })
  return [...retired, ...kept]
}

function addField(entity: EntityDefinition, field: FieldDefinition, { retired }: DiffContext): Step {
  const kind = field.id !== undefined && retired.has(field.id) ? 'reviveField' : 'addField'
  return makeStep(kind, entity, { of: { key: field.name, called: field } })
}

/** One unique or index: what makes it the same on both sides, and the fields that it is made of. */
interface KeyList {
  readonly identity: string
  /** As written, with the minus of an index. */
  readonly keys: readonly string[]
  readonly fields: readonly {
    readonly name: string
    readonly label?: Text
    readonly id?: string
    readonly type?: string
  }[]
}

function diffKeyLists({ original, before, after }: EntityPair, context: DiffContext): readonly Step[] {
  const existing = new Set(before.fields.map(identity))
  const [uniques, uniquesNow] = [uniquesOf(before), uniquesOf(after)]
  const [indexes, indexesNow] = [indexesOf(before), indexesOf(after)]
  const fieldsNow = new Set(after.fields.map(identity))
  const parts = (list: KeyList) => ({ fields: list.keys, list: listOf(list.fields) })
  // What goes with a retired field needs no words of its own.
  const isWhole = (list: KeyList) =>
    list.fields.every((field) => field.id === undefined || fieldsNow.has(field.id))
  return [
    ...missing(uniques, uniquesNow)
      .filter(isWhole)
      .map((list) => makeStep('dropUnique', after, parts(list))),
    ...missing(indexes, indexesNow)
      .filter(isWhole)
      .map((list) => makeStep('dropIndex', after, parts(list))),
    ...missing(uniquesNow, uniques).map((list) =>
      makeStep('addUnique', after, { ...parts(list), ...uniqueCounts(list, original, existing, context) }),
    ),
    ...missing(indexesNow, indexes).map((list) =>
      makeStep('addIndex', after, { ...parts(list), prepare: 'index' }),
    ),
  ]
}

/** Values that occur twice stand in the way; a field without values yet has none. */
function uniqueCounts(
  list: KeyList,
  original: EntityDefinition,
  existing: ReadonlySet<string>,
  { inForce }: DiffContext,
) {
  const isFilled = list.fields.every((field) => field.id === undefined || existing.has(field.id))
  // Which values will be the same is known once they are carried over: the index then says it.
  const typeBefore = new Map(original.fields.map(({ id, type }) => [id, type]))
  const isConverted = list.fields.some(({ id, type }) => (typeBefore.get(id) ?? type) !== type)
  if (!isFilled || isConverted) return { prepare: 'unique' } as const
  const fields = list.fields.map((field) => inForce.get(field.id ?? field.name) ?? named(field))
  const counts: readonly CountQuery[] = [{ entity: named(original), where: 'duplicates', fields }]
  return { tag: 'blocked', safeWhenNone: true, counts, note: DUPLICATES, prepare: 'unique' } as const
}

const DUPLICATES: LocalText = {
  en: 'Records have the same values. Mend or merge them first.',
  'zh-CN': '存在取值相同的记录，请先修正或合并。',
}

function missing(lists: readonly KeyList[], elsewhere: readonly KeyList[]): readonly KeyList[] {
  const known = new Set(elsewhere.map((list) => list.identity))
  return lists.filter((list) => !known.has(list.identity))
}

function uniquesOf(entity: EntityDefinition): readonly KeyList[] {
  const single = entity.fields.filter((field) => field.unique === true).map((field) => [field.name])
  return [...single, ...(entity.unique ?? [])].map((names) => {
    const list = keyList(entity, names)
    return { ...list, identity: list.identity.split(' ').sort().join(' ') }
  })
}

function indexesOf(entity: EntityDefinition): readonly KeyList[] {
  return (entity.indexes ?? []).map((keys) => keyList(entity, keys))
}

function keyList(entity: EntityDefinition, keys: readonly string[]): KeyList {
  const fields = keys.map((key): KeyList['fields'][number] => {
    const { name } = signedName(key)
    return entity.fields.find((field) => field.name === name) ?? { name }
  })
  const signs = keys.map((key) => signedName(key).sign)
  const identity = fields.map((field, index) => signs[index] + (field.id ?? field.name)).join(' ')
  return { identity, keys, fields }
}

/** Records are found by other fields: their search tokens are made anew. */
function diffSearch(
  before: EntityDefinition,
  after: EntityDefinition,
  context: DiffContext,
): readonly Step[] {
  const searchable = (entity: EntityDefinition) => entity.fields.filter((field) => field.searchable === true)
  const known = new Set(before.fields.map(identity))
  const then = new Set(searchable(before).map(identity))
  const now = searchable(after)
  const isRevived = (field: FieldDefinition) => field.id !== undefined && context.retired.has(field.id)
  const isGained = now.some(
    (field) => !then.has(identity(field)) && (known.has(identity(field)) || isRevived(field)),
  )
  const isLost = [...then].some((id) => !now.some((field) => identity(field) === id))
  const typeOf = new Map(searchable(before).map((field) => [identity(field), field.type]))
  const isConverted = now.some((field) => (typeOf.get(identity(field)) ?? field.type) !== field.type)
  if (!isGained && !isLost && !isConverted) return []
  const list = now.length === 0 ? { en: 'nothing', 'zh-CN': '无' } : listOf(now)
  return [
    makeStep('rebuildSearch', after, { list, fields: now.map((field) => field.name), prepare: 'search' }),
  ]
}
