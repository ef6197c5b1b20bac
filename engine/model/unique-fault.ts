import { AppError, problem } from '../errors.ts'
import type { DefinitionSet } from './compiled.ts'
import type { IndexRow, PhysicalRow } from './place.ts'
import { pointer } from './pointer.ts'
import { DuplicatesFound } from './prepare.ts'

/**
 * What a unique index that met equal values means to whoever publishes; any other error is left as it is. The plan
 * counts them before, so this is for values that came in between.
 */
export function explainDuplicates(
  error: unknown,
  candidate: DefinitionSet,
  places: readonly PhysicalRow[],
): unknown {
  const index = error instanceof DuplicatesFound ? error.index : indexNamed(error, places)
  if (index === undefined) return error
  const entity = [...candidate.entity.values()].find((one) => one.id === index.entityId)
  const fields = index.place.fields.map((id) => entity?.fields.find((field) => field.id === id)?.name ?? id)
  const position = entity?.fields.findIndex((field) => field.id === index.place.fields[0]) ?? -1
  const path = pointer('entity', entity?.name ?? '', 'fields', Math.max(position, 0))
  return new AppError(problem('META_UNIQUE_DUPLICATES', path, { params: { fields: fields.join(', ') } }), {
    cause: error,
  })
}

function indexNamed(error: unknown, places: readonly PhysicalRow[]): IndexRow | undefined {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  if (code !== '23505') return undefined
  return places.filter((row) => row.kind === 'index').find((row) => row.place.index === constraint)
}
