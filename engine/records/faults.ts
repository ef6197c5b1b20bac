import { AppError, type Problem, problem } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { signedName } from '../model/signed-name.ts'
import type { RequestContext } from './context.ts'
import { duplicateFields, uniqueKeys } from './duplicates.ts'
import type { WriteValues } from './parse-write.ts'

interface PostgresError {
  readonly code: string
  readonly detail?: string
}

function isPostgresError(error: unknown): error is PostgresError {
  return error instanceof Error && typeof (error as { code?: unknown }).code === 'string'
}

/** The record that a write was about, as far as it is known which one a constraint means. */
export interface FaultyWrite {
  readonly id: string
  readonly values: WriteValues
  /** JSON pointer of the record in the request. */
  readonly path: string
}

/**
 * The refusal that a constraint of the database stands for, or the error itself.
 * @param write undefined where the statement wrote several records
 */
export async function recordFault(
  context: RequestContext,
  error: unknown,
  entity: CompiledEntity,
  write: FaultyWrite | undefined,
): Promise<unknown> {
  if (!isPostgresError(error)) return error
  const path = write?.path ?? ''
  switch (error.code) {
    case '23505': {
      const known = write === undefined ? [] : await duplicateFields(context, entity, write)
      return new AppError(duplicateProblems(known.length > 0 ? known : namedFields(error, entity), path), {
        cause: error,
      })
    }
    case '23503':
      return new AppError(problem('FIELD_REFERENCE_MISSING', path), { cause: error })
    case '54000':
      return new AppError(tooLongProblem(entity, write), { cause: error })
    default:
      return error
  }
}

function duplicateProblems(fields: readonly CompiledField[], path: string): readonly Problem[] {
  if (fields.length === 0) return [problem('RECORD_DUPLICATE', path)]
  return fields.map((field) => problem('RECORD_DUPLICATE', `${path}/${field.name}`))
}

/** The fields of the unique index that refused; its columns stand in the detail in every language. */
function namedFields(error: PostgresError, entity: CompiledEntity): readonly CompiledField[] {
  const columns = /\(([^)]*)\)=\(/.exec(error.detail ?? '')?.[1]?.split(', ') ?? []
  return columns.flatMap((column) => {
    const quoted = column.startsWith('"') ? column : `"${column}"`
    return [...entity.fields.values()].find((field) => field.columns[0] === quoted) ?? []
  })
}

/** An index row has room for some 2,700 bytes: the longest text in an index is the one to shorten. */
function tooLongProblem(entity: CompiledEntity, write: FaultyWrite | undefined): Problem {
  const path = write?.path ?? ''
  const asked = (entity.definition.indexes ?? []).flat().map((key) => signedName(key).name)
  const names = new Set([...asked, ...uniqueKeys(entity).flatMap((key) => key.map((field) => field.name))])
  const texts = [...(write?.values ?? [])]
    .filter(([field, value]) => names.has(field.name) && typeof value === 'string')
    .sort(([, left], [, right]) => (right as string).length - (left as string).length)
  const longest = texts[0]?.[0].name
  return problem('FIELD_TEXT_NOT_INDEXABLE', longest === undefined ? path : `${path}/${longest}`)
}
