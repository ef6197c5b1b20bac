import { nameFor, type ReadChinese } from '../../../metadata/name-for.ts'
import { isObject, type Json, type Path, valueAt } from '../../store/json-value.ts'
import { freshName } from './fresh-name.ts'

/** What a new entry of a list is called until somebody says more. */
export const newStem = (list: string): string => `new_${singular(list)}`

/** Sections are the form itself. */
const singular = (list: string): string =>
  list === 'form' ? 'section' : list.replace(/ies$/, 'y').replace(/s$/, '')

/**
 * The name of an entry of a list that nobody has given it: it is still called after its list, its type or what it does, and
 * is not in force. Undefined where it has one of its own, or none.
 * @param path of its label
 */
export function madeNameAt(definition: Json, inForce: Json | undefined, path: Path): string | undefined {
  const entry = valueAt(definition, path.slice(0, -1))
  const list = path.at(-3)
  if (path.at(-1) !== 'label' || list === undefined || !/^\d+$/.test(path.at(-2) ?? '')) return undefined
  if (!isObject(entry) || typeof entry.name !== 'string') return undefined
  const { name, type } = entry
  const stems = [newStem(list), singular(list), ...(typeof type === 'string' ? [type] : [])]
  if (!stems.some((stem) => isAfter(stem, name))) return undefined
  // It may have stood elsewhere in the list.
  return inForce !== undefined && JSON.stringify(inForce).includes(`"name":"${name}"`) ? undefined : name
}

/**
 * The name that an entry of a list takes from what it is called, as long as nobody has named it and nothing speaks of it.
 * Undefined where it keeps the name that it has.
 * @param path of its label
 * @param elsewhere what the draft says besides
 */
export function namedByLabel(
  definition: Json,
  inForce: Json | undefined,
  path: Path,
  of: { readonly label: string; readonly elsewhere: string; readonly read: ReadChinese },
): string | undefined {
  const name = madeNameAt(definition, inForce, path)
  const wanted = nameFor(of.label, of.read, singular(path.at(-3) ?? ''))
  // A field of stages that is called “Stage” has its name already, although it is its type’s too.
  if (name === wanted) return undefined
  if (name === undefined || wanted === undefined || isSpokenOf(name, definition, of.elsewhere))
    return undefined
  const list = valueAt(definition, path.slice(0, -2))
  const others = Array.isArray(list) ? list.toSpliced(Number(path.at(-2)), 1) : []
  const fresh = freshName(wanted, others)
  return fresh === name ? undefined : fresh
}

const isAfter = (stem: string, name: string): boolean =>
  name === stem || (name.startsWith(`${stem}_`) && /^\d+$/.test(name.slice(stem.length + 1)))

/** Types are no mentions, and the stages that lead to another follow its name. */
const NO_MENTION: ReadonlySet<string> = new Set(['type', 'next'])

function isSpokenOf(name: string, definition: Json, elsewhere: string): boolean {
  const quoted = JSON.stringify(name)
  const own = JSON.stringify(definition, (key, one) => (NO_MENTION.has(key) ? undefined : one))
  return elsewhere.includes(quoted) || own.split(quoted).length > 2
}
