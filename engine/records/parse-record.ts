import { AppError, refuse } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { newId } from '../model/uuid.ts'
import type { RequestContext } from './context.ts'
import type { NewRecord } from './insert-rows.ts'
import { parseWrite, type WriteValues } from './parse-write.ts'
import { atPath } from './relations.ts'
import type { RecordChange } from './update-row.ts'

/**
 * @throws AppError with every problem of the body
 */
export function parseNew(
  context: RequestContext,
  entity: CompiledEntity,
  body: unknown,
  path: string,
): NewRecord {
  const { values, problems } = parseWrite(context, entity, body, true)
  if (problems.length > 0) throw new AppError(atPath(problems, path))
  return { id: givenId(values) ?? newId(), values, path }
}

/** Only an install of the engine's own may say the id (see parse-write). */
function givenId(values: WriteValues): string | undefined {
  for (const [field, value] of values) if (field.name === 'id') return value as string
  return undefined
}

/** @throws AppError with every problem of the body */
export function parseChange(
  context: RequestContext,
  entity: CompiledEntity,
  id: string,
  body: unknown,
  expected: number | undefined,
  path: string,
): RecordChange {
  const { values, problems } = parseWrite(context, entity, body, false)
  if (problems.length > 0) throw new AppError(atPath(problems, path))
  return { id, values, expected, path }
}

/**
 * The version in an If-Match header; undefined where there is none, or `*`.
 * @throws AppError RECORD_IF_MATCH_INVALID
 */
export function parseIfMatch(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined
  const version = /^\s*(?:W\/)?"?(\d{1,9})"?\s*$/.exec(header)?.[1]
  if (version === undefined) throw refuse('RECORD_IF_MATCH_INVALID')
  return Number(version)
}
