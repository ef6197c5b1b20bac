import { nameFor, type ReadChinese } from '../../../metadata/name-for.ts'
import { isObject, type Json } from '../../store/json-value.ts'

/** A name that no entry of a list has: the stem, else the stem with the first number that is free. */
export function freshName(stem: string, list: readonly unknown[]): string {
  const taken = new Set(list.flatMap((one) => (isObject(one) ? [one.name] : [])))
  if (!taken.has(stem)) return stem
  for (let number = 2; ; number++) if (!taken.has(`${stem}_${number}`)) return `${stem}_${number}`
}

/** Characters of a name without the number behind it. */
const MOST = 36

/** Entries for what people call them, one a line, each with a name that the list does not have yet. */
export function labelled(
  words: string,
  list: readonly unknown[],
  { language, read }: { readonly language: string; readonly read: ReadChinese },
): readonly Json[] {
  const made: Json[] = []
  for (const line of words.split(/\r?\n/)) {
    const label = line.trim()
    if (label === '') continue
    // What has nothing to read is numbered.
    const stem = nameFor(label, read, 'option')?.slice(0, MOST) ?? 'option'
    made.push({ name: freshName(stem, [...list, ...made]), label: { [language]: label } })
  }
  return made
}
