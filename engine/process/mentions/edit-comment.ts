import type { Transaction } from '../../db/database.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { filesOfComments } from '../../records/comment-files.ts'
import type { RecordAnswer, RequestContext } from '../../records/context.ts'
import { heldContext } from '../../records/held-context.ts'
import { inWrite } from '../../records/in-write.ts'
import {
  mentionsOf,
  parseMentions,
  type StoredMention,
  storedMentions,
  storeMentions,
} from '../../records/mentions.ts'
import { patchRecord } from '../../records/patch.ts'
import type { TellDeps } from '../telling/deps.ts'
import { assertMentionable } from './mentionable.ts'
import { tellMentioned } from './tell.ts'

interface Edit {
  readonly text: string
  /** Ids as they were sent; absent: of those who are mentioned whoever the text still names. */
  readonly mentions: readonly string[] | undefined
}

/**
 * Says something else in a comment, which its author alone does. Whom it mentions that it has never mentioned is told, nobody
 * a second time; whoever is left out is mentioned no more.
 * @throws AppError AUTH_DENIED for who has not written it; COMMENT_MENTION_UNFIT for each who may not be mentioned anew
 */
export async function editComment(
  deps: TellDeps,
  context: RequestContext,
  entity: CompiledEntity,
  { record, comment }: { readonly record: string; readonly comment: string },
  { text, mentions }: Edit,
): Promise<RecordAnswer> {
  const held = heldContext(context, 'comment')
  return await inWrite(context, {}, async (tx) => {
    const body = { text, edited_at: context.now().toISOString() }
    const answer = await patchRecord(held, 'comment', comment, body, { runner: tx })
    const before = await storedMentions(tx, context.model.schema, comment)
    const people = mentions === undefined ? stillNamed(text, before) : parseMentions(mentions)
    const now = new Set(before.flatMap(({ person, is_gone: isGone }) => (isGone ? [] : [person])))
    await assertMentionable(context, entity, record, people, now)
    await storeMentions(tx, context.model, { comment, text, people }, before)
    const told = new Set(before.map(({ person }) => person))
    const anew = people.filter((id) => !told.has(id))
    await tellMentioned(deps, context, tx as Transaction, { entity, record, text, people: anew })
    const { data } = JSON.parse(answer.body) as { readonly data: { readonly id: string } }
    const [said, files] = [
      (await mentionsOf(context, tx, [{ id: comment, text }])).get(comment) ?? [],
      (await filesOfComments(context, [data])).get(comment) ?? [],
    ]
    return { ...answer, body: JSON.stringify({ data: { ...data, mentions: said, files } }) }
  })
}

/** Whom it named by other words than their name stays: nothing says that they are meant no more. */
const stillNamed = (text: string, before: readonly StoredMention[]): readonly string[] =>
  before.flatMap(({ person, said, is_gone: isGone }) =>
    isGone || (said !== null && !text.includes(`@${said}`)) ? [] : [person],
  )
