import type { Executor, Transaction } from '../../db/database.ts'
import { AppError } from '../../errors.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import type { RecordAnswer, RequestContext } from '../../records/context.ts'
import { createRecord } from '../../records/create.ts'
import { heldContext } from '../../records/held-context.ts'
import { inWrite } from '../../records/in-write.ts'
import { mentionsOf, parseMentions, storeMentions, unfitMention } from '../../records/mentions.ts'
import type { TellDeps } from '../telling/deps.ts'
import { mentionableAmong } from './mentionable.ts'
import { tellMentioned } from './tell.ts'

interface NewComment {
  readonly text: string
  /** Ids as they were sent. */
  readonly mentions: readonly string[] | undefined
}

/**
 * Adds a comment to a record that the actor has been found to read; comment, mentions and what the mentioned are told commit
 * together.
 * @throws AppError COMMENT_MENTION_UNFIT for each who may not be mentioned; whatever refuses the comment itself
 */
export async function addComment(
  deps: TellDeps,
  context: RequestContext,
  entity: CompiledEntity,
  record: string,
  { text, mentions }: NewComment,
  options: { readonly runner?: Executor },
): Promise<RecordAnswer> {
  const people = parseMentions(mentions)
  const fit = await mentionableAmong(context, entity, record, people)
  const problems = people.flatMap((id, index) => (fit.has(id) ? [] : [unfitMention(index)]))
  if (problems.length > 0) throw new AppError(problems)
  const body = { text, about: { entity: entity.name, id: record } }
  return await inWrite(context, options, async (tx) => {
    const answer = await createRecord(heldContext(context, 'comment'), 'comment', body, { runner: tx })
    const { data } = JSON.parse(answer.body) as {
      readonly data: { readonly id: string; readonly text: string }
    }
    await storeMentions(tx, context.model.schema, data.id, people)
    await tellMentioned(deps, context, tx as Transaction, { entity, record, text, people })
    const said = (await mentionsOf(context, tx, [data])).get(data.id) ?? []
    return { ...answer, body: JSON.stringify({ data: { ...data, mentions: said } }) }
  })
}
