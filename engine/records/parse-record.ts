import { AppError, refuse } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { newId } from '../model/uuid.ts'
import { deniedOfAccount } from './account-rights.ts'
import type { RequestContext } from './context.ts'
import type { NewRecord } from './insert-rows.ts'
import { withLateBeginnings } from './late-beginnings.ts'
import { unfitOfChange } from './option-fit.ts'
import { type ParsedWrite, parseWrite, type WriteValues } from './parse-write.ts'
import { missingReferences, referencesOf } from './references.ts'
import { atPath } from './relations.ts'
import type { RecordChange } from './update-row.ts'

/**
 * A new record out of a body.
 * @throws AppError with every problem of the body, references that lead nowhere among them
 */
export async function parseNew(
  context: RequestContext,
  entity: CompiledEntity,
  body: unknown,
  path: string,
): Promise<NewRecord> {
  const parsed = await parseAllowed(context, entity, undefined, body)
  if (parsed.problems.length > 0) throw await everyProblem(context, entity, parsed, path)
  return { id: givenId(parsed.values) ?? newId(), values: parsed.values, path }
}

/** Only an install of the engine's own may say the id (see parse-write). */
function givenId(values: WriteValues): string | undefined {
  for (const [field, value] of values) if (field.name === 'id') return value as string
  return undefined
}

/**
 * A change of a record out of a body.
 * @throws AppError with every problem of the body, references that lead nowhere among them
 */
export async function parseChange(
  context: RequestContext,
  entity: CompiledEntity,
  id: string,
  body: unknown,
  expected: number | undefined,
  path: string,
): Promise<RecordChange> {
  const parsed = await parseAllowed(context, entity, id, body)
  if (parsed.problems.length > 0) throw await everyProblem(context, entity, parsed, path)
  return { id, values: parsed.values, expected, path }
}

/** A body as values that this actor may write to that record; of no id: to a new one. */
async function parseAllowed(
  context: RequestContext,
  entity: CompiledEntity,
  id: string | undefined,
  body: unknown,
): Promise<ParsedWrite> {
  const parsed = parseWrite(context, entity, body, id === undefined)
  const { values, problems } =
    id === undefined
      ? await withLateBeginnings(context, entity, parsed)
      : { ...parsed, problems: [...parsed.problems, ...unfitOfChange(entity, parsed.values)] }
  return { values, problems: [...problems, ...(await deniedOfAccount(context, entity, values, id))] }
}

/**
 * A write that fails anyway is looked at to the end: the values that are well-formed may still lead nowhere. Asked
 * past the pool for writes, since the caller may hold one of its connections.
 */
async function everyProblem(
  context: RequestContext,
  entity: CompiledEntity,
  parsed: ParsedWrite,
  path: string,
): Promise<AppError> {
  const faulty = new Set(parsed.problems.map((fault) => fault.path.split('/')[1]))
  const sound = [...parsed.values].filter(([field]) => !faulty.has(field.name))
  const references = referencesOf(context, entity, sound, path)
  const missing =
    references.length === 0
      ? []
      : await context.db.transaction((tx) => missingReferences(context, tx, references), { direct: true })
  return new AppError([...atPath(parsed.problems, path), ...missing])
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
