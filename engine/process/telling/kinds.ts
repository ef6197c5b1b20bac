import type { LocalText } from '../../errors.ts'
import type { CompiledModel } from '../../model/compiled.ts'

/** The kind of message, and the name under which it stands in lists, by which those are told whom a comment mentions. */
export const MENTION = 'mention'

const LABEL: LocalText = { en: 'Mentions in comments', 'zh-CN': '评论中提到我' }

/** Kinds of messages that no definition makes, in so far as the model lets them come. */
export function ownKinds({
  entities,
}: CompiledModel): readonly { readonly name: string; readonly label: LocalText }[] {
  const takesComments = [...entities.values()].some(({ features }) => features.has('comments'))
  return takesComments ? [{ name: MENTION, label: LABEL }] : []
}
