import { AppError, refuse } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { entityFor, type RequestContext } from './context.ts'
import { recordId } from './get.ts'
import { checkParameters } from './parse-list.ts'
import { type ShownCells, shownCells } from './shown-cells.ts'

/**
 * What a call asks that tells of one record beside its row and takes no parameters: the record's entity and id, and how its
 * fields are shown.
 * @throws AppError RECORD_NOT_FOUND for one out of sight; of the entity, the id and the parameters
 */
export async function askedRecord(
  context: RequestContext,
  entityName: string,
  id: string,
  raw: Readonly<Record<string, unknown>>,
): Promise<{ readonly entity: CompiledEntity; readonly uuid: string; readonly shown: ShownCells }> {
  const entity = entityFor(context, entityName)
  const problems = checkParameters(raw, [])
  if (problems.length > 0) throw new AppError(problems)
  const uuid = recordId(id)
  const shown = await shownCells(context, context.db, entity, uuid)
  if (shown === undefined) throw refuse('RECORD_NOT_FOUND')
  return { entity, uuid, shown }
}
