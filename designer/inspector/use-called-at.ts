import type { Json, Path } from '../store/json-value.ts'
import { useNames } from '../store/use-names.ts'
import { entityAround, namedBy } from './references.ts'
import { useReadable } from './use-readable.ts'

/** What the names of a list are called at a place: fields of the entity that it is about; undefined where they are no fields. */
export function useCalledAt(): (
  kind: string,
  definition: Json,
  path: Path,
) => ((name: string) => string) | undefined {
  const { field } = useNames()
  const readable = useReadable()
  return (kind, definition, path) => {
    const entity = entityAround(kind, String(definition.name), readable(kind, definition), path)
    const isOfFields = path.includes('columns') || namedBy(path, new Set()) === 'field'
    return entity === undefined || !isOfFields ? undefined : (name) => field(entity, name)
  }
}
