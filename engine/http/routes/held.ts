import type { Executor } from '../../db/database.ts'
import { refuse } from '../../errors.ts'
import { addComment } from '../../process/mentions/add-comment.ts'
import { mentionable } from '../../process/mentions/mentionable.ts'
import { filesOfComments } from '../../records/comment-files.ts'
import { entityFor, type RecordAnswer, type RequestContext } from '../../records/context.ts'
import { readRecord, recordId } from '../../records/get.ts'
import { heldContext } from '../../records/held-context.ts'
import { listRecords } from '../../records/list.ts'
import { mentionsOf } from '../../records/mentions.ts'
import { readShape } from '../body-shape.ts'
import type { HttpDeps } from '../deps.ts'
import { parseNamed, type QueryParameters } from '../parameters.ts'
import { tellDeps } from './approval-calls.ts'
import type { RecordCall, RecordRequest } from './record-calls.ts'

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
  const answer = await listRecords(heldContext(context, held), held, {
    ...asked,
    filter,
    sort: '-created_at',
  })
  return held === 'comment' ? await withWhatHangs(context, answer) : answer
}

/** The same as a call. */
export const heldOf =
  (held: 'comment' | 'file'): RecordCall =>
  ({ context, match, parameters }) =>
    listHeld(context, held, match.entity, match.first, parameters)

interface CommentPage {
  readonly data: readonly { readonly id?: string; readonly text?: unknown }[]
}

async function withWhatHangs(context: RequestContext, answer: RecordAnswer): Promise<RecordAnswer> {
  const page = JSON.parse(answer.body) as CommentPage
  const named = page.data.flatMap(({ id, text }) => (id === undefined ? [] : [{ id, text }]))
  const [mentions, files] = await Promise.all([
    mentionsOf(context, context.db, named),
    filesOfComments(context, named),
  ])
  const data = page.data.map((row) => ({
    ...row,
    ...{ mentions: mentions.get(row.id ?? '') ?? [], files: files.get(row.id ?? '') ?? [] },
  }))
  return { ...answer, body: JSON.stringify({ ...page, data }) }
}

/** Adds a comment to a record that the actor may read. Body: `{"text", "mentions"?, "files"?}`. */
export async function addCommentTo(
  deps: HttpDeps,
  context: RequestContext,
  { entity, id, body }: { readonly entity: string; readonly id: string; readonly body: unknown },
  runner: { readonly runner?: Executor },
): Promise<RecordAnswer> {
  const about = await holderOf(context, 'comment', entity, id, runner.runner)
  const said = readShape(body, { text: 'text', mentions: 'texts?', files: 'texts?' })
  return addComment(tellDeps(deps, context), context, entityFor(context, entity), about.id, said, runner)
}

/** Whom a comment on a record may mention. */
export async function listMentionable({ context, match, parameters }: RecordRequest): Promise<RecordAnswer> {
  const about = await holderOf(context, 'comment', match.entity, match.first)
  const { q } = parseNamed(parameters, ['q'])
  const data = await mentionable(context, entityFor(context, match.entity), about.id, q)
  return { status: 200, body: JSON.stringify({ data }) }
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
