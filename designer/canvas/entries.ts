/** An entry of a list at another place; the same list where it cannot go there. */
export function movedEntry<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const entry = list[from]
  if (entry === undefined || from === to || to < 0 || to >= list.length) return list
  return list.toSpliced(from, 1).toSpliced(to, 0, entry)
}

/** An entry dropped before another one: the place counts as the list is now. */
export function droppedEntry<T>(list: readonly T[], from: number, before: number): readonly T[] {
  return movedEntry(list, from, from < before ? before - 1 : before)
}
