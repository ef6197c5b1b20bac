import type { Executor, Transaction } from '../../db/database.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { holdFiles, parseFiles } from '../../records/comment-files.ts'
import type { RecordAnswer, RequestContext } from '../../records/context.ts'
import { createRecord } from '../../records/create.ts'
import { heldContext } from '../../records/held-context.ts'
import { inWrite } from '../../records/in-write.ts'
import { mentionsOf, parseMentions, storeMentions } from '../../records/mentions.ts'
import type { TellDeps } from '../telling/deps.ts'
import { assertMentionable } from './mentionable.ts'
import { tellMentioned } from './tell.ts'

interface NewComment {
  readonly text: string
  /** Ids as they were sent. */
  readonly mentions: readonly string[] | undefined
  /** Ids as they were sent, of files that are attached to the record by now. */
  readonly files: readonly string[] | undefined
}

/**
 * Adds a comment to a record that the actor has been found to read; comment, mentions, files and what the mentioned are told
 * commit together.
 * @throws AppError COMMENT_MENTION_UNFIT for each who may not be mentioned, COMMENT_FILE_UNFIT for each file that it may not hold;
 * whatever refuses the comment itself
 */
export async function addComment(
  deps: TellDeps,
  context: RequestContext,
  entity: CompiledEntity,
  record: string,
  { text, mentions, files }: NewComment,
  options: { readonly runner?: Executor },
): Promise<RecordAnswer> {
  const [people, ids] = [parseMentions(mentions), parseFiles(files)]
  await assertMentionable(context, entity, record, people)
  const body = { text, about: { entity: entity.name, id: record } }
  return await inWrite(context, options, async (tx) => {
    const answer = await createRecord(heldContext(context, 'comment'), 'comment', body, { runner: tx })
    const { data } = JSON.parse(answer.body) as {
      readonly data: { readonly id: string; readonly text: string }
    }
    await storeMentions(tx, context.model, { comment: data.id, text, people })
    const held = await holdFiles(context, tx, data.id, record, ids)
    await tellMentioned(deps, context, tx as Transaction, { entity, record, text, people })
    const said = (await mentionsOf(context, tx, [data])).get(data.id) ?? []
    return { ...answer, body: JSON.stringify({ data: { ...data, mentions: said, files: held } }) }
  })
}
