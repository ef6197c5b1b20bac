import type { CompiledModel } from '../../model/compiled.ts'
import { notice } from '../../notify/notices.ts'
import type { Spoken } from '../../registry/words.ts'

/** The kind of message, and the name under which it stands in lists, by which those are told whom a comment mentions. */
export const MENTION = 'mention'

/** Kinds of messages that no definition makes, in so far as the model lets them come. */
export function ownKinds(
  { entities }: CompiledModel,
  spoken: Spoken,
): readonly { readonly name: string; readonly label: string }[] {
  const takesComments = [...entities.values()].some(({ features }) => features.has('comments'))
  return takesComments ? [{ name: MENTION, label: notice('mentioned.kind', spoken) }] : []
}
