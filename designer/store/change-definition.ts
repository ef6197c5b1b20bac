import { request } from '../../runtime-ui/api/client.ts'
import { inDraft, type Sides } from '../api.ts'

/** A definition in a draft; null where there is none. */
type InDraft = Readonly<Record<string, unknown>> | null

/**
 * Changes a definition in a draft; what other windows have changed meanwhile is merged.
 * @param from as the draft had it when it was looked at
 * @param base the version in force that it was written against
 * @returns it as it was sent and as the draft has it now, both with their ids
 * @throws ApiProblem META_DRAFT_MOVED where both have changed the same
 */
export const changeDefinition = async (
  id: string,
  { kind, name }: { readonly kind: string; readonly name: string },
  change: { readonly from: InDraft; readonly to: InDraft; readonly sides?: Sides | undefined },
  base: number,
): Promise<{ readonly sent: InDraft; readonly stored: InDraft }> => {
  const { from, to, sides } = change
  const body = { from, to, ...sides }
  const query = { base_version: base }
  return (
    await request<{ data: { sent: InDraft; stored: InDraft } }>(inDraft(id, kind, name), {
      ...{ method: 'POST', body, query },
    })
  ).data
}
