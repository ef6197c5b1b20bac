import type { Kind } from '../compiled.ts'
import { isRecord, own, pointer, valueAt } from '../pointer.ts'
import type { ItemList, ItemNoun } from './kind-spec.ts'

/** A named item of a definition, as its kind's `lists` say where items are. */
export interface Item {
  readonly noun: ItemNoun
  /** How it is addressed within the definition: `phone`, `source/expo`, `section/basics`. */
  readonly key: string
  readonly name: string
  readonly id: string | undefined
  /** JSON pointer from the definition. */
  readonly path: string
  readonly value: Readonly<Record<string, unknown>>
}

/** The items of a definition in order, an item before those that it holds; unnamed entries are left out. */
export function itemsIn(lists: readonly ItemList[], definition: unknown): readonly Item[] {
  return lists.flatMap((list) => itemsOfList(list, definition, '', ''))
}

function itemsOfList(
  list: ItemList,
  holder: unknown,
  holderPath: string,
  holderKey: string,
): readonly Item[] {
  const entries = valueAt(holder, list.at)
  if (!Array.isArray(entries)) return []
  return entries.flatMap((entry: unknown, index) => {
    const name = itemName(list, entry)
    if (name === undefined || !isRecord(entry)) return []
    const key = [holderKey, list.prefix, name].filter(Boolean).join('/')
    const path = holderPath + pointer(...list.at, index)
    const id = own(entry, 'id')
    const item: Item = {
      noun: list.noun,
      key,
      name,
      id: typeof id === 'string' ? id : undefined,
      path,
      value: entry,
    }
    return [item, ...(list.nested ?? []).flatMap((nested) => itemsOfList(nested, entry, path, key))]
  })
}

/** The name of an entry of the list, or undefined where it has none. */
export function itemName(list: ItemList, entry: unknown): string | undefined {
  if (list.nameOf !== undefined) return list.nameOf(entry)
  const name = own(entry, 'name')
  return typeof name === 'string' ? name : undefined
}

/** The address of an item or, without one, of its definition: `entity/account/phone`. */
export function addressOf(kind: Kind, name: string, item?: string): string {
  return item === undefined ? `${kind}/${name}` : `${kind}/${name}/${item}`
}
