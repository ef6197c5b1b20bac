import { refuse } from '../../errors.ts'
import { editComment } from '../../process/mentions/edit-comment.ts'
import type { TellDeps } from '../../process/telling/deps.ts'
import { filesOfComments } from '../../records/comment-files.ts'
import { entityFor, type RecordAnswer, type RequestContext } from '../../records/context.ts'
import { deleteRecord } from '../../records/delete.ts'
import { recordId } from '../../records/get.ts'
import { heldContext } from '../../records/held-context.ts'
import { listRecords } from '../../records/list.ts'
import { restoreRecord } from '../../records/restore.ts'
import { readShape } from '../body-shape.ts'
import { assertMayAttach } from './file-rights.ts'
import { holderOf } from './held.ts'

/** A comment on a record, as the address names both. */
export interface CommentAt {
  readonly entity: string
  readonly id: string
  readonly comment: string
}

/** Says something else in a comment. Body: `{"text", "mentions"?}`. */
export async function changeComment(
  context: RequestContext,
  at: CommentAt,
  body: unknown,
  deps: TellDeps,
): Promise<RecordAnswer> {
  const { record, comment } = await commentAt(context, at)
  const { text, mentions } = readShape(body, { text: 'text', mentions: 'texts?' })
  const entity = entityFor(context, at.entity)
  return editComment(deps, context, entity, { record, comment }, { text, mentions })
}

/**
 * Moves a comment to the recycle bin with the files that it holds: its author, and who may delete comments. Files go off a
 * record only by who may still change it.
 * @throws AppError RECORD_NOT_FOUND, AUTH_DENIED, RECORD_LOCKED
 */
export async function removeComment(context: RequestContext, at: CommentAt): Promise<RecordAnswer> {
  const { record, comment, author } = await commentAt(context, at)
  const isOwn = author === context.actor.id
  if (!isOwn && context.access.entity('comment').delete === 'none') throw refuse('AUTH_DENIED')
  if ((await filesOfComments(context, [{ id: comment }])).size > 0)
    await assertMayAttach(context, { entity: at.entity, id: record })
  return deleteRecord(isOwn ? heldContext(context, 'comment') : context, 'comment', comment)
}

/** Brings it back, with the files that went with it. */
export async function restoreComment(context: RequestContext, at: CommentAt): Promise<RecordAnswer> {
  const { comment, author } = await commentAt(context, at, { alsoDeleted: true })
  const isOwn = author === context.actor.id
  if (!isOwn && context.access.entity('comment').restore === 'none') throw refuse('AUTH_DENIED')
  return restoreRecord(isOwn ? heldContext(context, 'comment') : context, 'comment', comment)
}

interface Row {
  readonly id: string
  readonly created_by: string | null
}

/** @throws AppError RECORD_NOT_FOUND where the actor may not read the record, or it has no such comment */
async function commentAt(
  context: RequestContext,
  { entity, id, comment }: CommentAt,
  { alsoDeleted = false } = {},
): Promise<{ readonly record: string; readonly comment: string; readonly author: string | null }> {
  const about = await holderOf(context, 'comment', entity, id)
  const filter = {
    and: [{ '==': [{ var: 'about' }, about.id] }, { '==': [{ var: 'id' }, recordId(comment)] }],
  }
  const find = async (bin: object): Promise<Row | undefined> => {
    const question = { filter, fields: ['id', 'created_by'], limit: 1, ...bin }
    const { body } = await listRecords(heldContext(context, 'comment'), 'comment', question)
    return (JSON.parse(body) as { readonly data: readonly Row[] }).data[0]
  }
  const found = (await find({})) ?? (alsoDeleted ? await find({ deleted: '1' }) : undefined)
  if (found === undefined) throw refuse('RECORD_NOT_FOUND')
  return { record: about.id, comment: found.id, author: found.created_by }
}
