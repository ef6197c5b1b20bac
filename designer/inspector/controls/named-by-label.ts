import { nameFor } from '../../../metadata/name-for.ts'
import { isObject, type Json, type Path, valueAt } from '../../store/json-value.ts'
import { freshName } from './fresh-name.ts'

/**
 * The name that a field of an entity takes from what it is called, as long as nobody has named it: it is still called after
 * its type, is not in force, and nothing speaks of it. Undefined where it keeps the name that it has.
 * @param path of its label
 * @param elsewhere what the draft says besides
 */
export function namedByLabel(
  definition: Json,
  inForce: Json | undefined,
  path: Path,
  { label, elsewhere }: { readonly label: string; readonly elsewhere: string },
): string | undefined {
  const field = valueAt(definition, path.slice(0, 2))
  if (path.length !== 3 || path[0] !== 'fields' || path[2] !== 'label' || !isObject(field)) return undefined
  const { name, type } = field
  if (typeof name !== 'string' || typeof type !== 'string' || !isAfterType(name, type)) return undefined
  const standing = inForce?.fields
  if (Array.isArray(standing) && standing.some((one) => isObject(one) && one.name === name)) return undefined
  const wanted = nameFor(label, () => [])
  if (wanted === undefined || isSpokenOf(name, definition, elsewhere)) return undefined
  return freshName(wanted, Array.isArray(definition.fields) ? definition.fields : [])
}

const isAfterType = (name: string, type: string): boolean =>
  name === type || (name.startsWith(`${type}_`) && /^\d+$/.test(name.slice(type.length + 1)))

function isSpokenOf(name: string, definition: Json, elsewhere: string): boolean {
  const quoted = JSON.stringify(name)
  const own = JSON.stringify(definition, (key, one) => (key === 'type' ? undefined : one))
  return elsewhere.includes(quoted) || own.split(quoted).length > 2
}
