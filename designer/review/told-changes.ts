import { type Schema, schemaAt } from '../inspector/schema.ts'
import { type Difference, isSame, type Json, type Path, withValue } from '../store/json-value.ts'
import { valueBeside } from './use-both-sides.ts'

/**
 * The differences that say something: a value that a definition gets where none is written, written out, is none.
 * @param root the schema of the definition; without it nothing is known of such values
 */
export const withoutUsual = (
  changes: readonly Difference[],
  root: Schema | undefined,
  { before, after }: { readonly before: Json; readonly after: unknown },
): readonly Difference[] =>
  changes.filter(({ fate, path, from, to }) => {
    if (root === undefined || fate !== undefined || (from !== undefined && to !== undefined)) return true
    const usual = schemaAt(root, to === undefined ? asItWas(after, before, path) : after, path)?.default
    return usual === undefined || !isSame(from ?? to, usual)
  })

/**
 * A definition with the object around a place as it was before: what went from a field that is of another type now is called
 * as the type before calls it.
 */
export function asItWas(after: unknown, before: unknown, path: Path): unknown {
  const around = path.slice(0, -1)
  const was = valueBeside(after, before, around)
  if (was === undefined) return after
  return around.length === 0 ? was : withValue(after, around, was)
}

/** Characters of a text that are told whole. */
const WHOLE = 80
/** Characters that stay before and behind what changed. */
const AROUND = 16

/** Where two long texts differ, each with a little of what stands around it; short ones and other values as they are. */
export function wherePartsDiffer(from: unknown, to: unknown): readonly [unknown, unknown] {
  if (typeof from !== 'string' || typeof to !== 'string' || Math.max(from.length, to.length) <= WHOLE)
    return [from, to]
  const one = [...from]
  const other = [...to]
  const most = Math.min(one.length, other.length)
  let begin = 0
  while (begin < most && one[begin] === other[begin]) begin++
  let end = 0
  while (end < most - begin && one[one.length - 1 - end] === other[other.length - 1 - end]) end++
  const part = (text: readonly string[]): string => {
    const start = Math.max(begin - AROUND, 0)
    const stop = Math.min(text.length - end + AROUND, text.length)
    return `${start > 0 ? '…' : ''}${text.slice(start, stop).join('')}${stop < text.length ? '…' : ''}`
  }
  return [part(one), part(other)]
}
