import type { Text } from '../../metadata/types.ts'
import type { Definition } from './compiled.ts'
import { changedKeys, type DiffContext, keyTitles, makeStep } from './diff-context.ts'
import type { CountQuery, Named, Step, StepKind } from './steps.ts'

/** An option or a stage. */
export interface ListItem {
  readonly id?: string
  readonly name: string
  readonly label?: Text
}

/** The words of the steps that a list of options or stages makes. */
export interface ItemStepKinds {
  readonly add: StepKind
  readonly rename: StepKind
  readonly change: StepKind
  readonly remove: StepKind
}
export const OPTION_STEPS: ItemStepKinds = {
  add: 'addOption',
  rename: 'renameOption',
  change: 'changeOption',
  remove: 'removeOption',
}
export const STAGE_STEPS: ItemStepKinds = {
  add: 'addStage',
  rename: 'renameStage',
  change: 'changeStage',
  remove: 'removeStage',
}

/** A field in force that stores the names of these items. */
export interface Holder {
  readonly entity: Named
  readonly field: Named
}

export interface ItemLists {
  readonly definition: Definition
  /** Items as they are in force. */
  readonly original: readonly ListItem[]
  /** The same with the candidate's names. */
  readonly before: readonly ListItem[]
  readonly after: readonly ListItem[]
  /** The field of inline options: its name stands before the item's in the key. */
  readonly outer?: ListItem
  readonly holders: readonly Holder[]
  readonly kinds: ItemStepKinds
  /** The item that takes the values of one that is removed. */
  readonly takerOf?: (removed: string) => ListItem | undefined
  readonly context: DiffContext
}

/** What becomes of each option or stage; whether their order changed is for the caller to say. */
export function diffItems(lists: ItemLists): readonly Step[] {
  const { definition, before, after, kinds, holders } = lists
  const now = new Map(after.map((item) => [identity(item), item]))
  const then = new Map(before.map((item) => [identity(item), item]))
  const originals = new Map(lists.original.map((item) => [identity(item), item]))
  const key = (item: ListItem) => (lists.outer === undefined ? item.name : `${lists.outer.name}/${item.name}`)
  const within = lists.outer === undefined ? {} : { within: lists.outer }
  const part = (item: ListItem) => ({ of: { key: key(item), called: item }, ...within })
  const counting = (item: ListItem): readonly CountQuery[] =>
    holders.map((holder) => ({ ...holder, where: 'option', values: [item.name] }))
  const removed = before
    .filter((item) => !now.has(identity(item)))
    .map((item) => {
      const counts = counting(originals.get(identity(item)) ?? item)
      // Values that nobody stores are nobody's loss.
      const taker = lists.takerOf?.(originals.get(identity(item))?.name ?? item.name)
      if (taker !== undefined) {
        return makeStep('replaceStage', definition, { ...part(item), to: called(taker), counts })
      }
      if (counts.length === 0) return makeStep(kinds.remove, definition, part(item))
      return makeStep(kinds.remove, definition, { ...part(item), tag: 'lossy', safeWhenNone: true, counts })
    })
  const kept = after.flatMap((item) => {
    const old = then.get(identity(item))
    if (old === undefined) return [makeStep(kinds.add, definition, part(item))]
    const original = originals.get(identity(item)) ?? old
    const keys = changedKeys(old, item, ['name'])
    return [
      ...(original.name === item.name
        ? []
        : [
            makeStep(kinds.rename, definition, {
              ...part(item),
              from: original.name,
              to: item.name,
              counts: counting(original),
            }),
          ]),
      ...(keys.length === 0
        ? []
        : [makeStep(kinds.change, definition, { ...part(item), list: itemKeyTitles(lists, keys) })]),
    ]
  })
  return [...removed, ...kept]
}

/** What options and stages say, as the schemas of their kinds call it; options of a field are said as those of a set. */
function itemKeyTitles({ context, kinds }: ItemLists, keys: readonly string[]) {
  return kinds === STAGE_STEPS
    ? keyTitles(context, 'pipeline', keys, { list: 'stages' })
    : keyTitles(context, 'option_set', keys, { list: 'options' })
}

/** In a sentence of either language: a label that has both is told by its name. */
function called({ label, name }: ListItem): string {
  return typeof label === 'string' ? label : name
}

export function identity(item: ListItem): string {
  return item.id ?? item.name
}

/** Whether items that stand in both lists stand in another order. */
export function isReordered(before: readonly ListItem[], after: readonly ListItem[]): boolean {
  const now = new Set(after.map(identity))
  const then = new Set(before.map(identity))
  const kept = after.map(identity).filter((id) => then.has(id))
  return before
    .map(identity)
    .filter((id) => now.has(id))
    .some((id, index) => id !== kept[index])
}

export const ORDER = { en: 'order', 'zh-CN': '顺序' }

/** Two lists of words as one. */
export function joinLists(lists: readonly { readonly en: string; readonly 'zh-CN': string }[]) {
  const filled = lists.filter((list) => list.en !== '')
  return {
    en: filled.map((list) => list.en).join(', '),
    'zh-CN': filled.map((list) => list['zh-CN']).join('、'),
  }
}
