import type { Executor } from '../db/database.ts'
import { AppError, type Problem, problem } from '../errors.ts'
import type { RequestContext } from './context.ts'
import { heldContext } from './held-context.ts'
import { listRecords } from './list.ts'
import { parseIds } from './mentions.ts'
import { MAX_LIMIT } from './parse-list.ts'
import { patchRecord } from './patch.ts'

/** Files that one comment holds at most. */
export const MOST_FILES = 20

/** A file as it stands with its comment. */
export interface CommentFile {
  readonly id: string
  readonly name: string
  readonly media_type: string
  readonly size: number
}

/** The same for one that is not there, about another record, of somebody else or of another comment. */
const unfitFile = (index: number): Problem => problem('COMMENT_FILE_UNFIT', `/files/${index}`)

/**
 * The ids of the files that come with a comment, as they were sent.
 * @throws AppError with every problem
 */
export const parseFiles = (raw: readonly string[] | undefined): readonly string[] =>
  parseIds(raw, 'files', MOST_FILES, unfitFile)

/** The context in which the files of comments are reached by whoever reads their record. */
export const commentFilesContext = (context: RequestContext): RequestContext =>
  heldContext(heldContext(context, 'comment'), 'file')

/**
 * Gives a comment files that its author has attached to the record before.
 * @param about the record, which both are about
 * @throws AppError COMMENT_FILE_UNFIT for each that is none of those
 */
export async function holdFiles(
  context: RequestContext,
  tx: Executor,
  comment: string,
  about: string,
  ids: readonly string[],
): Promise<readonly CommentFile[]> {
  if (ids.length === 0) return []
  const file = context.model.entities.get('file')
  const [record, holder] = [file?.fields.get('about')?.columns[0], file?.fields.get('comment')?.columns[0]]
  const { rows } = await tx.query<{ id: string }>({
    text:
      `SELECT f."id"::text AS id FROM ${file?.table} f WHERE f."id" = ANY($1::uuid[]) AND f.${record} = $2::uuid ` +
      `AND f.${holder} IS NULL AND f."created_by" = $3::uuid AND f."deleted_at" IS NULL ORDER BY f."created_at", f."id" FOR UPDATE`,
    values: [ids, about, context.actor.id],
  })
  const fit = new Set(rows.map(({ id }) => id))
  const problems = ids.flatMap((id, index) => (fit.has(id) ? [] : [unfitFile(index)]))
  if (problems.length > 0) throw new AppError(problems)
  const held: CommentFile[] = []
  for (const { id: one } of rows) {
    const { body } = await patchRecord(commentFilesContext(context), 'file', one, { comment }, { runner: tx })
    const { id, name, media_type, size } = (JSON.parse(body) as { data: CommentFile }).data
    held.push({ id, name, media_type, size })
  }
  return held
}

interface Page {
  readonly data: readonly (CommentFile & { readonly comment: string })[]
  readonly page: { readonly next: string | null }
}

/**
 * The files of comments, by comment, as they came.
 * @param comments that the actor has been found to read
 */
export async function filesOfComments(
  context: RequestContext,
  comments: readonly { readonly id: string }[],
): Promise<ReadonlyMap<string, readonly CommentFile[]>> {
  const found = new Map<string, CommentFile[]>()
  if (comments.length === 0) return found
  const question = {
    filter: { in: [{ var: 'comment' }, comments.map(({ id }) => id)] },
    ...{ sort: 'created_at', limit: MAX_LIMIT, fields: ['id', 'name', 'media_type', 'size', 'comment'] },
  }
  let after: string | null = null
  do {
    const more: object = after === null ? {} : { after }
    const answer = await listRecords(commentFilesContext(context), 'file', { ...question, ...more })
    const { data, page } = JSON.parse(answer.body) as Page
    for (const { comment, ...file } of data) found.set(comment, [...(found.get(comment) ?? []), file])
    after = page.next
  } while (after !== null)
  return found
}
