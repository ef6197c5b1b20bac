import type { Executor } from '../../db/database.ts'
import { refuse } from '../../errors.ts'
import { entityFor, type RecordAnswer, type RequestContext } from '../../records/context.ts'
import { createRecord } from '../../records/create.ts'
import { readRecord, recordId } from '../../records/get.ts'
import { heldContext } from '../../records/held-context.ts'
import { listRecords } from '../../records/list.ts'
import { readShape } from '../body-shape.ts'
import { parseNamed, type QueryParameters } from '../parameters.ts'

const LIST_PARAMETERS = ['limit', 'after', 'expand', 'fields', 'count'] as const

/**
 * The comments or files of a record, newest first, for everybody who may read it.
 * @throws AppError RECORD_NOT_FOUND, FEATURE_OFF
 */
export async function listHeld(
  context: RequestContext,
  held: 'comment' | 'file',
  entityName: string,
  id: string,
  parameters: QueryParameters,
): Promise<RecordAnswer> {
  const about = await holderOf(context, held, entityName, id)
  const asked = parseNamed(parameters, LIST_PARAMETERS)
  const filter = { '==': [{ var: 'about' }, about.id] }
  return listRecords(heldContext(context, held), held, { ...asked, filter, sort: '-created_at' })
}

/** Adds a comment to a record that the actor may read. Body: `{"text"}`. */
export async function addComment(
  context: RequestContext,
  entityName: string,
  id: string,
  body: unknown,
  runner: { readonly runner?: Executor },
): Promise<RecordAnswer> {
  const about = await holderOf(context, 'comment', entityName, id, runner.runner)
  const { text } = readShape(body, { text: 'text' })
  return createRecord(heldContext(context, 'comment'), 'comment', { text, about }, runner)
}

/** The record that something hangs on, when the actor may read it and its entity takes such things. */
export async function holderOf(
  context: RequestContext,
  held: 'comment' | 'file',
  entityName: string,
  id: string,
  runner: Executor = context.db,
): Promise<{ readonly entity: string; readonly id: string }> {
  const entity = entityFor(context, entityName)
  const key = recordId(id)
  if ((await readRecord(context, runner, entity, key)) === undefined) throw refuse('RECORD_NOT_FOUND')
  const feature = `${held}s`
  if (!entity.features.has(feature))
    throw refuse('FEATURE_OFF', '', { params: { entity: entity.name, feature } })
  return { entity: entity.name, id: key }
}
