import { AppError, type Problem, problem } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'

interface PostgresError {
  readonly code: string
  readonly detail?: string
  readonly table?: string
}

function isPostgresError(error: unknown): error is PostgresError {
  return error instanceof Error && typeof (error as { code?: unknown }).code === 'string'
}

/**
 * The refusal that a constraint of the database stands for, or the error itself.
 * @param path JSON pointer of the record in the request
 */
export function recordFault(error: unknown, entity: CompiledEntity, path: string): unknown {
  if (!isPostgresError(error)) return error
  switch (error.code) {
    case '23505':
      return new AppError(duplicateProblems(error, entity, path), { cause: error })
    case '23503':
      return new AppError(problem('FIELD_REFERENCE_MISSING', path), { cause: error })
    case '54000': // an index row too large: a unique text of many long characters
      return new AppError(problem('FIELD_VALUE_INVALID', path), { cause: error })
    default:
      return error
  }
}

/** One problem a field of the unique index that refused; its columns stand in the detail in every language. */
function duplicateProblems(error: PostgresError, entity: CompiledEntity, path: string): Problem[] {
  const columns = /\(([^)]*)\)=\(/.exec(error.detail ?? '')?.[1]?.split(', ') ?? []
  const names = columns.flatMap((column) => {
    const quoted = column.startsWith('"') ? column : `"${column}"`
    return [...entity.fields.values()].find((field) => field.columns[0] === quoted)?.name ?? []
  })
  if (names.length === 0) return [problem('RECORD_DUPLICATE', path)]
  return names.map((name) => problem('RECORD_DUPLICATE', `${path}/${name}`))
}
